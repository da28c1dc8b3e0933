import { HttpClient, httpResource, type HttpResourceRef, type HttpResourceRequest } from '@angular/common/http';
import { inject, Service, signal } from '@angular/core';
import type {
  CreateLlmConfigDto,
  LlmConfigDefaultDto,
  LlmConfigDto,
  LlmConfigStatusDto,
  LlmConfigTestDto,
  ProviderDto,
  UpdateLlmConfigDto,
} from '@opsagent/contracts';
import { firstValueFrom, type Observable } from 'rxjs';

const BASE = '/api/llm-configs';

/** Model configurations over HTTP. Every change made here lets the open lists ask again. */
@Service()
export class LlmConfigClient {
  private readonly http = inject(HttpClient);
  private readonly changes = signal(0);

  /** Must be called where signals may be injected; asks again when the parameters or any configuration change. */
  list(params: () => Record<string, string | number | boolean>): HttpResourceRef<LlmConfigDto[] | undefined> {
    return httpResource<LlmConfigDto[]>(() => this.request(BASE, params()));
  }

  one(id: () => string | undefined): HttpResourceRef<LlmConfigDto | undefined> {
    return httpResource<LlmConfigDto>(() => {
      const asked = id();
      return asked ? `${BASE}/${asked}` : undefined;
    });
  }

  providers(): HttpResourceRef<ProviderDto[] | undefined> {
    return httpResource<ProviderDto[]>(() => '/api/providers');
  }

  create(input: CreateLlmConfigDto): Promise<LlmConfigDto> {
    return this.changed(this.http.post<LlmConfigDto>(BASE, input));
  }

  /** With `updatedAt`, a change made by somebody else meanwhile is refused with 409. */
  update(id: string, input: UpdateLlmConfigDto, updatedAt?: string): Promise<LlmConfigDto> {
    const headers: Record<string, string> = updatedAt ? { 'If-Match': updatedAt } : {};
    return this.changed(this.http.put<LlmConfigDto>(`${BASE}/${id}`, input, { headers }));
  }

  /** Without `force`, one that is in use is refused with 409. */
  delete(id: string, force = false): Promise<void> {
    return this.changed(this.http.delete<void>(`${BASE}/${id}`, { params: force ? { force } : {} }));
  }

  toggleStatus(id: string): Promise<LlmConfigStatusDto> {
    return this.changed(this.http.post<LlmConfigStatusDto>(`${BASE}/${id}/toggle-status`, null));
  }

  setDefault(id: string): Promise<LlmConfigDefaultDto> {
    return this.changed(this.http.post<LlmConfigDefaultDto>(`${BASE}/${id}/set-default`, null));
  }

  /** A real call to the model; unsubscribing cancels it. */
  test(id: string): Observable<LlmConfigTestDto> {
    return this.http.post<LlmConfigTestDto>(`${BASE}/${id}/test`, {});
  }

  private request(url: string, params: Record<string, string | number | boolean>): HttpResourceRequest {
    this.changes();
    return { url, params };
  }

  private async changed<T>(call: Observable<T>): Promise<T> {
    const answer = await firstValueFrom(call);
    this.changes.update((count) => count + 1);
    return answer;
  }
}
