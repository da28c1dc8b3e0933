import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  CreateLlmConfigDto,
  LlmConfigDto,
  LlmProvider,
  ModelListDto,
  ModelQueryDto,
  ProviderDto,
  SessionDto,
} from '@opsagent/contracts';
import { firstValueFrom, type Observable } from 'rxjs';

const CONFIGS = '/api/llm-configs';
const CHAT_MODELS = { is_embedding: false, limit: 1000 };

/** What the first run asks the server. */
@Service()
export class SetupClient {
  private readonly http = inject(HttpClient);

  /** Must be called where signals may be injected. */
  providers(): HttpResourceRef<ProviderDto[] | undefined> {
    return httpResource<ProviderDto[]>(() => '/api/providers');
  }

  /** Must be called where signals may be injected. */
  configs(): HttpResourceRef<LlmConfigDto[] | undefined> {
    return httpResource<LlmConfigDto[]>(() => ({ url: CONFIGS, params: CHAT_MODELS }));
  }

  /** Asks the provider itself; unsubscribing cancels it. */
  models(provider: LlmProvider, query: ModelQueryDto): Observable<ModelListDto> {
    return this.http.post<ModelListDto>(`/api/providers/${provider}/models`, query);
  }

  one(id: string): Promise<LlmConfigDto> {
    return firstValueFrom(this.http.get<LlmConfigDto>(`${CONFIGS}/${id}`));
  }

  /** The names that are taken, of chat models and all others. */
  async names(): Promise<string[]> {
    const configs = await firstValueFrom(this.http.get<LlmConfigDto[]>(CONFIGS, { params: { limit: 1000 } }));
    return configs.map(({ name }) => name);
  }

  create(input: CreateLlmConfigDto): Promise<LlmConfigDto> {
    return firstValueFrom(this.http.post<LlmConfigDto>(CONFIGS, input));
  }

  async makeDefault(id: string): Promise<void> {
    await firstValueFrom(this.http.post(`${CONFIGS}/${id}/set-default`, null));
  }

  /** A session bound to the default model. */
  startSession(): Promise<SessionDto> {
    return firstValueFrom(this.http.post<SessionDto>('/api/sessions', {}));
  }
}
