import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FieldChangeDto, RevisionAction } from '@opsagent/contracts';
import { Database } from '../../platform/database/database.js';
import { LlmConfigRevision } from './llm-config-revision.entity.js';
import type { RevisionState } from './revision-state.js';

/** A deleted configuration can be restored this long. */
export const RESTORABLE_DAYS = 30;

/** Rows of a statement: their states are large. */
const AT_ONCE = 1000;

/** A revision with the name of who made it. */
export interface NamedRevision extends LlmConfigRevision {
  readonly by: string | null;
}

export interface NewRevision {
  readonly llmConfigId: string;
  readonly action: RevisionAction;
  readonly createdBy: string | null;
  readonly state: RevisionState;
  readonly apiKey: string | null;
  readonly secretHeaders: string | null;
  readonly changes: readonly FieldChangeDto[];
  /** Now, unless it is written down later. */
  readonly at?: Date;
}

/** Deleted, not restored, and not too long ago. */
const DELETED = `
  r.action = 'delete' and r.at > now() - interval '${RESTORABLE_DAYS} days'
  and not exists (select 1 from llm_configs c where c.id = r.llm_config_id)
  and not exists (
    select 1 from llm_config_revisions n where n.llm_config_id = r.llm_config_id and n.number > r.number
  )`;

const COLUMNS = `
  r.id, r.llm_config_id as "llmConfigId", r.number, r.action, r.at, r.created_by as "createdBy", r.state,
  r.api_key as "apiKey", r.secret_headers as "secretHeaders", r.changes, coalesce(u.name || ' (' || u.email || ')', u.email) as by`;

/** The states of configurations over time. */
@Injectable()
export class LlmConfigRevisionRepository {
  constructor(private readonly database: Database) {}

  /** Adds the next ones, those of one configuration in their order. */
  async add(revisions: readonly NewRevision[]): Promise<void> {
    for (let from = 0; from < revisions.length; from += AT_ONCE)
      await this.addSome(revisions.slice(from, from + AT_ONCE));
  }

  private async addSome(some: readonly NewRevision[]): Promise<void> {
    await this.database.query(
      `insert into llm_config_revisions
         (id, llm_config_id, number, action, created_by, state, api_key, secret_headers, changes, at)
       select n.id, n.config,
              coalesce((select max(r.number) from llm_config_revisions r where r.llm_config_id = n.config), 0)
                + row_number() over (partition by n.config order by n.position),
              n.action, n.by, n.state::jsonb, n.key, n.headers, n.changes::jsonb, coalesce(n.at, now())
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
                     $9::timestamptz[])
              with ordinality as n (id, config, action, by, state, key, headers, changes, at, position)`,
      [
        some.map(() => randomUUID()),
        some.map(({ llmConfigId }) => llmConfigId),
        some.map(({ action }) => action),
        some.map(({ createdBy }) => createdBy),
        some.map(({ state }) => JSON.stringify(state)),
        some.map(({ apiKey }) => apiKey),
        some.map(({ secretHeaders }) => secretHeaders),
        some.map(({ changes }) => JSON.stringify(changes)),
        some.map(({ at }) => at ?? null),
      ],
    );
  }

  /** Those of these configurations that have a revision. */
  async known(llmConfigIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ id: string }>(
      'select distinct llm_config_id as id from llm_config_revisions where llm_config_id = any($1::uuid[])',
      [llmConfigIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  find(llmConfigId: string, id: string): Promise<LlmConfigRevision | null> {
    return this.database.repositoryOf(LlmConfigRevision).findOneBy({ llmConfigId, id });
  }

  /** Newest first. */
  async list(llmConfigId: string, skip: number, limit: number): Promise<{ items: NamedRevision[]; total: number }> {
    const items = await this.database.query<NamedRevision>(
      `select ${COLUMNS} from llm_config_revisions r left join users u on u.id = r.created_by
        where r.llm_config_id = $1 order by r.number desc offset $2 limit $3`,
      [llmConfigId, skip, limit],
    );
    return { items, total: await this.database.repositoryOf(LlmConfigRevision).countBy({ llmConfigId }) };
  }

  /** The last state of every configuration that can be restored, latest first. */
  listDeleted(): Promise<NamedRevision[]> {
    return this.database.query<NamedRevision>(
      `select ${COLUMNS} from llm_config_revisions r left join users u on u.id = r.created_by
        where ${DELETED} order by r.at desc, r.id limit 1000`,
    );
  }

  /** The last state of a configuration that can be restored; null when it is there, too old or unknown. */
  async findDeleted(llmConfigId: string): Promise<NamedRevision | null> {
    const [found] = await this.database.query<NamedRevision>(
      `select ${COLUMNS} from llm_config_revisions r left join users u on u.id = r.created_by
        where r.llm_config_id = $1 and ${DELETED}`,
      [llmConfigId],
    );
    return found ?? null;
  }

  /** Removes for good what can no longer be restored, with its keys and tests. */
  async purgeDeleted(): Promise<void> {
    for (const table of ['llm_config_tests', 'llm_config_revisions'])
      await this.database.query(
        `delete from ${table} where llm_config_id in (
           select r.llm_config_id from llm_config_revisions r
            where r.action = 'delete' and r.at < now() - interval '${RESTORABLE_DAYS} days'
              and not exists (select 1 from llm_configs c where c.id = r.llm_config_id)
              and not exists (
                select 1 from llm_config_revisions n where n.llm_config_id = r.llm_config_id and n.number > r.number
              ))`,
      );
  }
}
