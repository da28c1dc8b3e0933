import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { BulkLlmConfigsDto, JobDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { LlmConfigBulkService } from './llm-config-bulk.service.js';

/** One action for many model configurations. */
@Controller('api/llm-configs')
export class LlmConfigBulkController {
  constructor(private readonly bulk: LlmConfigBulkService) {}

  @Post('bulk')
  @HttpCode(202)
  @Describe('Do one thing with many model configurations', {
    answers: { 202: JobDto },
    problems: [429],
    details:
      'Goes on as a job; follow it at `/api/jobs/{id}`. Each configuration passes, fails or is skipped alone. Everything but a test can be put back by `/api/jobs/{id}/undo`.',
    operationId: 'llm_configs_bulk',
  })
  start(@Body() input: BulkLlmConfigsDto): Promise<JobDto> {
    return this.bulk.start(input);
  }
}
