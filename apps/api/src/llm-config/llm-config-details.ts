import { Injectable } from '@nestjs/common';
import type { LlmConfigDetailsDto, LlmConfigImpactDto } from '@opsagent/contracts';
import { Database } from '../platform/database/database.js';
import { LlmConfigActivity } from './llm-config-activity.js';
import { LlmConfigHeaders } from './llm-config-headers.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import { LlmConfigUses } from './llm-config-uses.js';
import type { LlmConfig } from './llm-config.entity.js';
import { LlmConfigTestRepository } from './testing/llm-config-test.repository.js';

/** What is known of configurations besides their columns, read for a whole page of them at once. */
@Injectable()
export class LlmConfigDetails {
  constructor(
    private readonly database: Database,
    private readonly uses: LlmConfigUses,
    private readonly activity: LlmConfigActivity,
    private readonly tests: LlmConfigTestRepository,
    private readonly keys: LlmConfigKeys,
    private readonly headers: LlmConfigHeaders,
  ) {}

  /** @param configs read with their options */
  async of(configs: readonly LlmConfig[]): Promise<Map<string, LlmConfigDetailsDto>> {
    const ids = configs.map(({ id }) => id);
    const [uses, activity, tests, names] = await Promise.all([
      this.uses.of(ids),
      this.activity.of(ids),
      this.tests.lastOf(ids),
      this.namesOf(configs),
    ]);
    return new Map(
      configs.map((config) => [
        config.id,
        {
          tags: config.options?.tags ?? [],
          fallback_ids: config.options?.fallbackIds ?? [],
          key_changed_at: config.options?.keyChangedAt?.toISOString() ?? null,
          key_readable: this.areSecretsReadable(config),
          last_test: tests.get(config.id) ?? null,
          activity: activity.get(config.id) ?? null,
          used_by: uses.get(config.id) ?? [],
          updated_by_name: names.get(config.updatedBy ?? '') ?? null,
        },
      ]),
    );
  }

  /** What a change of it would touch. Nothing becomes the default by itself when the default goes. */
  async impactOf({ id, isDefault }: LlmConfig): Promise<LlmConfigImpactDto> {
    const [uses, activity] = await Promise.all([this.uses.of([id]), this.activity.of([id])]);
    return {
      used_by: uses.get(id) ?? [],
      requests_24h: activity.get(id)?.requests ?? 0,
      is_default: isDefault,
    };
  }

  private areSecretsReadable(config: LlmConfig): boolean {
    return (config.apiKey === null || this.keys.mask(config) !== null) && this.headers.areReadable(config);
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
