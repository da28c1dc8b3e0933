import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { CreateLlmConfigTemplateDto, LlmConfigTemplateDto, LlmConfigTemplateListDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

const BASE = '/api/llm-config-templates';

/** Templates over HTTP. */
@Service()
export class TemplateClient {
  private readonly http = inject(HttpClient);

  list(): HttpResourceRef<LlmConfigTemplateListDto | undefined> {
    return httpResource<LlmConfigTemplateListDto>(() => BASE);
  }

  create(input: CreateLlmConfigTemplateDto): Promise<LlmConfigTemplateDto> {
    return firstValueFrom(this.http.post<LlmConfigTemplateDto>(BASE, input));
  }

  delete(id: string): Promise<void> {
    return firstValueFrom(this.http.delete<void>(`${BASE}/${id}`));
  }
}
