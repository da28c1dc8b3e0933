import { Injectable } from '@nestjs/common';
import type { FaultKind, LastTestDto, LlmConfigDetailsDto, LlmConfigImpactDto } from '@opsagent/contracts';
import { Database } from '../platform/database/database.js';
import { LlmConfigActivity } from './llm-config-activity.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import { LlmConfigUses } from './llm-config-uses.js';
import type { LlmConfig } from './llm-config.entity.js';

interface LastTestRow {
  llm_config_id: string;
  at: Date;
  success: boolean;
  kind: FaultKind | null;
  first_token_ms: number | null;
}

/** What is known of configurations besides their columns, read for a whole page of them at once. */
@Injectable()
export class LlmConfigDetails {
  constructor(
    private readonly database: Database,
    private readonly uses: LlmConfigUses,
    private readonly activity: LlmConfigActivity,
    private readonly keys: LlmConfigKeys,
  ) {}

  /** @param configs read with their options */
  async of(configs: readonly LlmConfig[]): Promise<Map<string, LlmConfigDetailsDto>> {
    const ids = configs.map(({ id }) => id);
    const [uses, activity, tests, names] = await Promise.all([
      this.uses.of(ids),
      this.activity.of(ids),
      this.lastTests(ids),
      this.namesOf(configs),
    ]);
    return new Map(
      configs.map((config) => [
        config.id,
        {
          tags: config.options?.tags ?? [],
          fallback_ids: config.options?.fallbackIds ?? [],
          key_changed_at: config.options?.keyChangedAt?.toISOString() ?? null,
          key_readable: config.apiKey === null || this.keys.mask(config) !== null,
          last_test: tests.get(config.id) ?? null,
          activity: activity.get(config.id) ?? null,
          used_by: (uses.get(config.id) ?? []).map((user) => ({ ...user, examples: [...user.examples] })),
          updated_by_name: names.get(config.updatedBy ?? '') ?? null,
        },
      ]),
    );
  }

  /** What a change of it would touch. Nothing becomes the default by itself when the default goes. */
  async impactOf({ id, isDefault }: LlmConfig): Promise<LlmConfigImpactDto> {
    const [uses, activity] = await Promise.all([this.uses.of([id]), this.activity.of([id])]);
    return {
      used_by: (uses.get(id) ?? []).map((user) => ({ ...user, examples: [...user.examples] })),
      requests_24h: activity.get(id)?.requests ?? 0,
      is_default: isDefault,
      next_default: null,
      next_default_id: null,
    };
  }

  private async lastTests(ids: readonly string[]): Promise<Map<string, LastTestDto>> {
    const rows = await this.database.query<LastTestRow>(
      `select t.* from unnest($1::uuid[]) as wanted (id)
         cross join lateral (
           select llm_config_id, at, success, kind, first_token_ms from llm_config_tests
            where llm_config_id = wanted.id order by at desc limit 1
         ) t`,
      [ids],
    );
    return new Map(rows.map(({ llm_config_id, at, ...test }) => [llm_config_id, { at: at.toISOString(), ...test }]));
  }

  private async namesOf(configs: readonly LlmConfig[]): Promise<Map<string, string>> {
    const ids = new Set(configs.map(({ updatedBy }) => updatedBy).filter((id) => id !== null));
    if (ids.size === 0) return new Map();
    const rows = await this.database.query<{ id: string; email: string }>(
      'select id, email from users where id = any($1::uuid[])',
      [[...ids]],
    );
    return new Map(rows.map(({ id, email }) => [id, email]));
  }
}
