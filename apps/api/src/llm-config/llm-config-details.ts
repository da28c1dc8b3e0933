import { Injectable } from '@nestjs/common';
import type { LlmConfigDetailsDto, LlmConfigImpactDto } from '@opsagent/contracts';
import { accessOf, toAccessDto } from './access/config-access.js';
import { LlmConfigAccess } from './access/llm-config-access.js';
import { LlmConfigPeople, type NamedUser } from './access/llm-config-people.js';
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
    private readonly people: LlmConfigPeople,
    private readonly access: LlmConfigAccess,
    private readonly uses: LlmConfigUses,
    private readonly activity: LlmConfigActivity,
    private readonly tests: LlmConfigTestRepository,
    private readonly keys: LlmConfigKeys,
    private readonly headers: LlmConfigHeaders,
  ) {}

  /** @param configs read with their options */
  async of(configs: readonly LlmConfig[]): Promise<Map<string, LlmConfigDetailsDto>> {
    const ids = configs.map(({ id }) => id);
    const [uses, activity, tests, people] = await Promise.all([
      this.uses.of(ids),
      this.activity.of(ids),
      this.tests.lastOf(ids),
      this.peopleIn(configs),
    ]);
    return new Map(
      configs.map((config) => [
        config.id,
        {
          tags: config.options?.tags ?? [],
          fallback_ids: config.options?.fallbackIds ?? [],
          ...this.accessDetails(config, people),
          key_changed_at: config.options?.keyChangedAt?.toISOString() ?? null,
          key_readable: this.areSecretsReadable(config),
          last_test: tests.get(config.id) ?? null,
          activity: activity.get(config.id) ?? null,
          used_by: uses.get(config.id) ?? [],
          updated_by_name: people.get(config.updatedBy ?? '')?.label ?? null,
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

  /** All users that are named. */
  private peopleIn(configs: readonly LlmConfig[]): Promise<Map<string, NamedUser>> {
    const ids = configs.flatMap((config) => [config.updatedBy ?? [], accessOf(config).userIds].flat());
    return this.people.of([...new Set(ids)]);
  }

  /** Who may use a configuration is told by name to those only who say so. */
  private accessDetails(
    config: LlmConfig,
    people: ReadonlyMap<string, NamedUser>,
  ): Pick<LlmConfigDetailsDto, 'access' | 'access_emails'> {
    const access = accessOf(config);
    const named = this.access.mayEdit(config) ? access.userIds.map((id) => people.get(id)?.email ?? '') : [];
    return { access: toAccessDto(access), access_emails: named };
  }
}
