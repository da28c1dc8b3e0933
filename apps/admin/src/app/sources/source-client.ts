import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  CreateToolSourceDto,
  ToolSourceDto,
  ToolSourceKindListDto,
  ToolSourceListDto,
  ToolSourceTestDto,
  UpdateToolSourceDto,
} from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

const SOURCES = '/api/tool-sources';

/** The systems that the agent's tools may reach. */
@Service()
export class SourceClient {
  private readonly http = inject(HttpClient);

  /** Must be called where signals may be injected, as `kinds` too. */
  list(): HttpResourceRef<ToolSourceListDto | undefined> {
    return httpResource<ToolSourceListDto>(() => SOURCES);
  }

  kinds(): HttpResourceRef<ToolSourceKindListDto | undefined> {
    return httpResource<ToolSourceKindListDto>(() => `${SOURCES}/kinds`);
  }

  create(input: CreateToolSourceDto): Promise<ToolSourceDto> {
    return firstValueFrom(this.http.post<ToolSourceDto>(SOURCES, input));
  }

  /** @param seen the `updated_at` that was shown; null overwrites whatever is there now. */
  update(id: string, input: UpdateToolSourceDto, seen: string | null): Promise<ToolSourceDto> {
    const headers: Record<string, string> = seen === null ? {} : { 'If-Match': `"${seen}"` };
    return firstValueFrom(this.http.patch<ToolSourceDto>(`${SOURCES}/${id}`, input, { headers }));
  }

  async delete(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${SOURCES}/${id}`));
  }

  restore(id: string): Promise<ToolSourceDto> {
    return firstValueFrom(this.http.post<ToolSourceDto>(`${SOURCES}/${id}/restore`, null));
  }

  test(id: string): Promise<ToolSourceTestDto> {
    return firstValueFrom(this.http.post<ToolSourceTestDto>(`${SOURCES}/${id}/test`, null));
  }
}
