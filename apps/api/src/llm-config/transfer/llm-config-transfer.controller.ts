import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ExportLlmConfigsDto,
  ImportLlmConfigsDto,
  ImportPlanDto,
  JobDto,
  LlmConfigExportDto,
} from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { LlmConfigExportService } from './llm-config-export.service.js';
import { LlmConfigImportService } from './llm-config-import.service.js';

/** Model configurations as files. */
@Controller('api/llm-configs')
export class LlmConfigTransferController {
  constructor(
    private readonly exports: LlmConfigExportService,
    private readonly imports: LlmConfigImportService,
  ) {}

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

  @Post('import/plan')
  @HttpCode(200)
  @Describe('Look at what an import of model configurations would do', {
    answers: { 200: ImportPlanDto },
    problems: [413],
    details:
      'Nothing is changed. The file is one of OpsAgent, LiteLLM (`config.yaml`), one-api or new-api (channels as JSON), see docs/import-export.md. Decisions play no part in the plan or its fingerprint.',
    operationId: 'llm_configs_plan_import',
  })
  plan(@Body() input: ImportLlmConfigsDto): Promise<ImportPlanDto> {
    return this.imports.plan(input);
  }

  @Post('import')
  @HttpCode(200)
  @Describe('Import model configurations', {
    answers: { 200: JobDto },
    problems: [409, 413],
    details:
      'In one transaction: all of it or nothing. What is new is made and what differs is changed; conflicts are left out unless decided otherwise, invalid ones always. Can be put back by `/api/jobs/{id}/undo`.',
    operationId: 'llm_configs_import',
  })
  import(@Body() input: ImportLlmConfigsDto): Promise<JobDto> {
    return this.imports.import(input);
  }
}
