import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { AppKeyListDto, AppListDto, CreateAppKeyDto, CreatedAppKeyDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

/** The apps that Dify clients talk to, and their keys. */
@Service()
export class DifyAppClient {
  private readonly http = inject(HttpClient);

  list(): HttpResourceRef<AppListDto | undefined> {
    return httpResource<AppListDto>(() => '/api/apps');
  }

  keys(appId: () => string): HttpResourceRef<AppKeyListDto | undefined> {
    return httpResource<AppKeyListDto>(() => ({ url: `/api/apps/${appId()}/keys`, params: { limit: 1000 } }));
  }

  createKey(appId: string, input: CreateAppKeyDto): Promise<CreatedAppKeyDto> {
    return firstValueFrom(this.http.post<CreatedAppKeyDto>(`/api/apps/${appId}/keys`, input));
  }

  revokeKey(appId: string, keyId: string): Promise<void> {
    return firstValueFrom(this.http.delete<void>(`/api/apps/${appId}/keys/${keyId}`));
  }
}
