import { Injectable } from '@nestjs/common';
import type { LastTestDto, LlmConfigTestListDto } from '@opsagent/contracts';
import { Database } from '../../platform/database/database.js';
import { LlmConfigTest } from './llm-config-test.entity.js';

/** How many tests of one configuration are kept. */
const KEPT = 20;

/** The past tests of configurations. */
@Injectable()
export class LlmConfigTestRepository {
  constructor(private readonly database: Database) {}

  /** Adds one; the oldest beyond the ones that are kept go. */
  async add(test: Omit<LlmConfigTest, 'at'>): Promise<void> {
    await this.database.transaction(async () => {
      await this.database.repositoryOf(LlmConfigTest).insert(test as never);
      await this.database.query(
        `delete from llm_config_tests where id in (
           select id from llm_config_tests where llm_config_id = $1 order by at desc, id offset ${KEPT})`,
        [test.llmConfigId],
      );
    });
  }

  /** How the last test of each of these ended; those that were never tested are left out. */
  async lastOf(llmConfigIds: readonly string[]): Promise<Map<string, LastTestDto>> {
    const rows = await this.database.query<Omit<LastTestDto, 'at'> & { llm_config_id: string; at: Date }>(
      `select t.* from unnest($1::uuid[]) as wanted (id)
         cross join lateral (
           select llm_config_id, at, success, kind, first_token_ms from llm_config_tests
            where llm_config_id = wanted.id order by at desc limit 1
         ) t`,
      [llmConfigIds],
    );
    return new Map(rows.map(({ llm_config_id, at, ...test }) => [llm_config_id, { at: at.toISOString(), ...test }]));
  }

  /** Newest first. */
  async list(llmConfigId: string): Promise<LlmConfigTestListDto> {
    const rows = await this.database.query<Omit<LlmConfigTestListDto['items'][number], 'at'> & { at: Date }>(
      `select t.id, t.at, t.success, t.message, t.kind, t.cause, t.latency_ms, t.first_token_ms, t.steps, coalesce(u.name || ' (' || u.email || ')', u.email) as by
         from llm_config_tests t left join users u on u.id = t.created_by
        where t.llm_config_id = $1 order by t.at desc, t.id limit ${KEPT}`,
      [llmConfigId],
    );
    return { items: rows.map(({ at, ...test }) => ({ ...test, at: at.toISOString() })), total: rows.length };
  }
}
