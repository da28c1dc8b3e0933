import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ExportLlmConfigsDto, LlmConfigExportDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { LlmConfigExportService } from './llm-config-export.service.js';

/** Model configurations as files. */
@Controller('api/llm-configs')
export class LlmConfigTransferController {
  constructor(private readonly exports: LlmConfigExportService) {}

  @Post('export')
  @HttpCode(200)
  @Describe('Export model configurations', {
    answers: { 200: LlmConfigExportDto },
    problems: [404],
    details:
      'A versioned file, see docs/import-export.md. Keys are left out, or sealed with the passphrase where the caller may change the configuration.',
  })
  export(@Body() input: ExportLlmConfigsDto): Promise<LlmConfigExportDto> {
    return this.exports.export(input);
  }
}
