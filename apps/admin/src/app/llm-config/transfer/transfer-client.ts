import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  ExportLlmConfigsDto,
  ImportLlmConfigsDto,
  ImportPlanDto,
  JobDto,
  LlmConfigExportDto,
} from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

const BASE = '/api/llm-configs';

/** Files of configurations over HTTP. */
@Service()
export class TransferClient {
  private readonly http = inject(HttpClient);

  export(input: ExportLlmConfigsDto): Promise<LlmConfigExportDto> {
    return firstValueFrom(this.http.post<LlmConfigExportDto>(`${BASE}/export`, input));
  }

  /** What an import would do; nothing is done. */
  plan(input: ImportLlmConfigsDto): Promise<ImportPlanDto> {
    return firstValueFrom(this.http.post<ImportPlanDto>(`${BASE}/import/plan`, input));
  }

  /** Does it, all or nothing; the job is over when it is answered. */
  import(input: ImportLlmConfigsDto): Promise<JobDto> {
    return firstValueFrom(this.http.post<JobDto>(`${BASE}/import`, input));
  }
}
