import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  AppKeyListDto,
  AppListDto,
  LimitDto,
  LimitListDto,
  LimitStateListDto,
  LlmConfigDto,
  SetLimitDto,
  UserListDto,
} from '@opsagent/contracts';
import { EVERYONE, type SubjectKey } from './limit-rows.js';
import { firstValueFrom } from 'rxjs';

const LIMITS = '/api/limits';
/** As many as the server answers at once. */
const MOST = 1000;

/** A subject that can be limited, as a list offers it. */
export interface Subject {
  readonly id: string;
  readonly name: string;
}

/** Limits, how much of them is used, and whom they can be set for. */
@Service()
export class LimitClient {
  private readonly http = inject(HttpClient);

  /** Must be called where signals may be injected, as `states` too. */
  list(): HttpResourceRef<LimitListDto | undefined> {
    return httpResource<LimitListDto>(() => LIMITS);
  }

  states(): HttpResourceRef<LimitStateListDto | undefined> {
    return httpResource<LimitStateListDto>(() => `${LIMITS}/state`);
  }

  set(subject: SubjectKey, input: SetLimitDto): Promise<LimitDto> {
    return firstValueFrom(this.http.put<LimitDto>(pathOf(subject), input));
  }

  async remove(subject: SubjectKey): Promise<void> {
    await firstValueFrom(this.http.delete(pathOf(subject)));
  }

  async apps(): Promise<Subject[]> {
    return (await this.get<AppListDto>('/api/apps', { limit: MOST })).items;
  }

  async keys(appId: string): Promise<Subject[]> {
    const { items } = await this.get<AppKeyListDto>(`/api/apps/${appId}/keys`, { limit: MOST });
    return items.map(({ id, name, last_four }) => ({ id, name: `${name} (…${last_four})` }));
  }

  async users(): Promise<Subject[]> {
    const { items } = await this.get<UserListDto>('/api/users', {});
    return items.map(({ id, email }) => ({ id, name: email }));
  }

  async configs(): Promise<Subject[]> {
    const configs: Subject[] = [];
    for (;;) {
      const params = { sort: 'name', limit: MOST, skip: configs.length };
      const page = await this.get<LlmConfigDto[]>('/api/llm-configs', params);
      configs.push(...page);
      if (page.length < MOST) return configs;
    }
  }

  private get<T>(url: string, params: Record<string, string | number>): Promise<T> {
    return firstValueFrom(this.http.get<T>(url, { params }));
  }
}

function pathOf({ kind, id }: SubjectKey): string {
  return `${LIMITS}/${kind}/${encodeURIComponent(id ?? EVERYONE)}`;
}
