import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service, signal } from '@angular/core';
import type {
  CreateLlmConfigDto,
  DeletedLlmConfigListDto,
  LlmConfigDefaultDto,
  LlmConfigDto,
  LlmConfigImpactDto,
  LlmConfigRevisionListDto,
  LlmConfigSort,
  LlmConfigStatusDto,
  LlmProvider,
  ModelCatalogueDto,
  ModelListDto,
  ModelQueryDto,
  ProviderDto,
  UpdateLlmConfigDto,
} from '@opsagent/contracts';
import { firstValueFrom, type Observable } from 'rxjs';

const BASE = '/api/llm-configs';

/** Model configurations over HTTP. */
@Service()
export class LlmConfigClient {
  private readonly http = inject(HttpClient);
  private readonly changed = signal(0);
  /** Counts the changes made here, for lists that then ask again. */
  readonly changes = this.changed.asReadonly();

  /** One page with details, and how many there are in all. */
  async page(
    skip: number,
    limit: number,
    sort: LlmConfigSort = 'created_at',
  ): Promise<{ items: LlmConfigDto[]; total: number }> {
    const params = { skip, limit, sort, include: 'details' };
    const answer = await firstValueFrom(this.http.get<LlmConfigDto[]>(BASE, { params, observe: 'response' }));
    const items = answer.body ?? [];
    return { items, total: Number(answer.headers.get('X-Total-Count') ?? items.length) };
  }

  /** With its details. */
  one(id: () => string | undefined): HttpResourceRef<LlmConfigDto | undefined> {
    return httpResource<LlmConfigDto>(() => {
      const asked = id();
      return asked ? `${BASE}/${asked}?include=details` : undefined;
    });
  }

  /** With its details, which changes are not answered with; as it is where they cannot be read. */
  async detailed(config: LlmConfigDto): Promise<LlmConfigDto> {
    const read = this.http.get<LlmConfigDto>(`${BASE}/${config.id}?include=details`);
    return firstValueFrom(read).catch(() => config);
  }

  /** What a risky change of it would touch. */
  impact(id: string): Promise<LlmConfigImpactDto> {
    return firstValueFrom(this.http.get<LlmConfigImpactDto>(`${BASE}/${id}/impact`));
  }

  /** A page of what was changed, newest first. */
  revisions(id: string, skip: number): Promise<LlmConfigRevisionListDto> {
    return firstValueFrom(this.http.get<LlmConfigRevisionListDto>(`${BASE}/${id}/revisions`, { params: { skip } }));
  }

  /** Makes it what it was, unless it was changed since `updatedAt`. */
  rollBack(id: string, revisionId: string, updatedAt: string): Promise<LlmConfigDto> {
    const headers = { 'If-Match': updatedAt };
    return this.change(
      this.http.post<LlmConfigDto>(`${BASE}/${id}/revisions/${revisionId}/restore`, null, { headers }),
    );
  }

  providers(): HttpResourceRef<ProviderDto[] | undefined> {
    return httpResource<ProviderDto[]>(() => '/api/providers');
  }

  create(input: CreateLlmConfigDto): Promise<LlmConfigDto> {
    return this.change(this.http.post<LlmConfigDto>(BASE, input));
  }

  /** With `updatedAt`, a change made by somebody else meanwhile is refused with 409. */
  update(id: string, input: UpdateLlmConfigDto, updatedAt?: string): Promise<LlmConfigDto> {
    const headers: Record<string, string> = updatedAt ? { 'If-Match': updatedAt } : {};
    return this.change(this.http.put<LlmConfigDto>(`${BASE}/${id}`, input, { headers }));
  }

  /** A copy with the same key, under a name of its own. */
  duplicate(id: string): Promise<LlmConfigDto> {
    return this.change(this.http.post<LlmConfigDto>(`${BASE}/${id}/duplicate`, {}));
  }

  /** Without `force`, one that is in use is refused with 409. */
  delete(id: string, force = false): Promise<void> {
    return this.change(this.http.delete<void>(`${BASE}/${id}`, { params: force ? { force } : {} }));
  }

  /** Brings a deleted one back, with its key. */
  restore(id: string): Promise<LlmConfigDto> {
    return this.change(this.http.post<LlmConfigDto>(`${BASE}/${id}/restore`, null));
  }

  /** The deleted ones that can still be brought back, latest first. */
  deleted(): HttpResourceRef<DeletedLlmConfigListDto | undefined> {
    return httpResource<DeletedLlmConfigListDto>(() => `${BASE}/deleted`);
  }

  toggleStatus(id: string): Promise<LlmConfigStatusDto> {
    return this.change(this.http.post<LlmConfigStatusDto>(`${BASE}/${id}/toggle-status`, null));
  }

  setDefault(id: string): Promise<LlmConfigDefaultDto> {
    return this.change(this.http.post<LlmConfigDefaultDto>(`${BASE}/${id}/set-default`, null));
  }

  /** The models that a provider says it has now. */
  models(provider: LlmProvider, input: ModelQueryDto): Promise<ModelListDto> {
    return firstValueFrom(this.http.post<ModelListDto>(`/api/providers/${provider}/models`, input));
  }

  /** What is known of a provider's models. */
  catalogue(provider: LlmProvider): Promise<ModelCatalogueDto> {
    return firstValueFrom(this.http.get<ModelCatalogueDto>('/api/model-catalogue', { params: { provider } }));
  }

  private async change<T>(call: Observable<T>): Promise<T> {
    const answer = await firstValueFrom(call);
    this.changed.update((count) => count + 1);
    return answer;
  }
}
