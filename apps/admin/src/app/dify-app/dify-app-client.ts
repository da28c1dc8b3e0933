import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service, signal } from '@angular/core';
import type {
  AppDto,
  AppKeyListDto,
  AppListDto,
  CreateAppDto,
  CreateAppKeyDto,
  CreatedAppKeyDto,
  LlmConfigDto,
  ToolListDto,
  UpdateAppDto,
} from '@opsagent/contracts';
import { firstValueFrom, type Observable } from 'rxjs';
import type { ApiDocument } from './try/api-document.js';

const APPS = '/api/apps';
const MOST = 1000;

/** The apps that Dify clients talk to, and their keys. */
@Service()
export class DifyAppClient {
  private readonly http = inject(HttpClient);
  /** Counts the changes made here, so that what is shown asks again. */
  private readonly changes = signal(0);

  list(): HttpResourceRef<AppListDto | undefined> {
    return httpResource<AppListDto>(() => {
      this.changes();
      return { url: APPS, params: { limit: MOST } };
    });
  }

  one(id: () => string): HttpResourceRef<AppDto | undefined> {
    return httpResource<AppDto>(() => `${APPS}/${id()}`);
  }

  /** The chat models that an app can be given. */
  models(): HttpResourceRef<LlmConfigDto[] | undefined> {
    return httpResource<LlmConfigDto[]>(() => ({
      url: '/api/llm-configs',
      params: { is_embedding: false, limit: MOST },
    }));
  }

  create(input: CreateAppDto): Promise<AppDto> {
    return this.change(this.http.post<AppDto>(APPS, input));
  }

  /** Every tool that an agent can be allowed. */
  tools(): HttpResourceRef<ToolListDto | undefined> {
    return httpResource<ToolListDto>(() => '/api/tools');
  }

  /** @param updatedAt what it was when it was read; without it, what somebody else saved meanwhile is replaced */
  update(id: string, input: UpdateAppDto, updatedAt?: string): Promise<AppDto> {
    const headers: Record<string, string> = updatedAt ? { 'If-Match': `"${updatedAt}"` } : {};
    return this.change(this.http.patch<AppDto>(`${APPS}/${id}`, input, { headers }));
  }

  delete(id: string): Promise<void> {
    return this.change(this.http.delete<void>(`${APPS}/${id}`));
  }

  restore(id: string): Promise<AppDto> {
    return this.change(this.http.post<AppDto>(`${APPS}/${id}/restore`, null));
  }

  keys(appId: () => string): HttpResourceRef<AppKeyListDto | undefined> {
    return httpResource<AppKeyListDto>(() => {
      this.changes();
      return { url: `${APPS}/${appId()}/keys`, params: { limit: MOST } };
    });
  }

  createKey(appId: string, input: CreateAppKeyDto): Promise<CreatedAppKeyDto> {
    return firstValueFrom(this.http.post<CreatedAppKeyDto>(`${APPS}/${appId}/keys`, input));
  }

  rotateKey(appId: string, keyId: string, overlapHours: number): Promise<CreatedAppKeyDto> {
    const input = { overlap_hours: overlapHours };
    return firstValueFrom(this.http.post<CreatedAppKeyDto>(`${APPS}/${appId}/keys/${keyId}/rotate`, input));
  }

  revokeKey(appId: string, keyId: string): Promise<void> {
    return this.change(this.http.delete<void>(`${APPS}/${appId}/keys/${keyId}`));
  }

  /** For a page that is being closed: the call goes on without it. */
  async revokeKeyAtLast(appId: string, keyId: string): Promise<void> {
    // Nobody is left to tell when it fails.
    await fetch(`${APPS}/${appId}/keys/${keyId}`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  }

  /** What the server says of its own operations, those of the wire among them. */
  describe(): HttpResourceRef<ApiDocument | undefined> {
    return httpResource<ApiDocument>(() => '/openapi.json');
  }

  private async change<T>(call: Observable<T>): Promise<T> {
    const answer = await firstValueFrom(call);
    this.changes.update((count) => count + 1);
    return answer;
  }
}
