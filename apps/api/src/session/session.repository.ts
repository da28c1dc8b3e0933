import { Injectable } from '@nestjs/common';
import type { SessionSort } from '@opsagent/contracts';
import { In, IsNull, LessThan, type SelectQueryBuilder } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { LlmConfigUseCount } from '../llm-config/llm-config-uses.js';
import { Database } from '../platform/database/database.js';
import type { SessionOwner } from './chat-turn.js';
import { Session } from './session.entity.js';
import { LastSessionNotFound, SessionNotFound } from './session.errors.js';
import { ownerColumns } from './turn-reader.js';

export interface SessionPage {
  skip: number;
  limit: number;
  search?: string;
  pinned?: boolean;
  archived: boolean;
  sort: SessionSort;
}

/** What an owner may change of a session. */
export type SessionChange = Partial<Pick<Session, 'name' | 'llmConfigId' | 'tools' | 'pinnedAt' | 'archivedAt'>>;

/** Characters shown before the place that was found, and in all. */
const EXCERPT = { before: 30, length: 100 } as const;

const OF_OWNER = '(s.ownerId = :userId OR (s.appId = :appId AND s.endUserId = :endUserId))';

const IN_NAME_OR_MESSAGES = `(s.name ILIKE :pattern OR EXISTS (
  SELECT FROM messages m WHERE m.session_id = s.id AND (m.query ILIKE :pattern OR m.answer ILIKE :pattern)))`;

const FIND_EXCERPTS = `
  SELECT DISTINCT ON (session_id) session_id AS "sessionId",
    regexp_replace(substr(text, greatest(1, place - ${EXCERPT.before}), ${EXCERPT.length}), '\\s+', ' ', 'g') AS excerpt
  FROM messages, LATERAL (
    SELECT text, strpos(lower(text), lower($2)) AS place FROM (VALUES (query), (answer)) AS of_message (text)
  ) found
  WHERE session_id = ANY ($1::uuid[]) AND place > 0
  ORDER BY session_id, seq DESC`;

/** Sessions in the table, away from the chat path; a deleted one is not there. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async insert(session: Omit<Session, 'createdAt' | 'updatedAt' | 'deletedAt'>): Promise<Session> {
    // TypeORM's type of an insert knows no `unknown` inside a jsonb column.
    await this.database.repositoryOf(Session).insert(session as QueryDeepPartialEntity<Session>);
    return this.database.repositoryOf(Session).findOneByOrFail({ id: session.id });
  }

  /** @throws SessionNotFound when there is none of that owner. */
  async getOf(owner: SessionOwner, id: string): Promise<Session> {
    const session = await this.ofOwner(owner).andWhere('s.id = :id', { id }).getOne();
    if (!session) throw new SessionNotFound();
    return session;
  }

  async pageOf(
    owner: SessionOwner,
    { skip, limit, search, pinned, archived, sort }: SessionPage,
  ): Promise<{ items: Session[]; total: number }> {
    const query = this.ofOwner(owner).andWhere(`s.archivedAt IS ${archived ? 'NOT NULL' : 'NULL'}`);
    if (pinned !== undefined) query.andWhere(`s.pinnedAt IS ${pinned ? 'NOT NULL' : 'NULL'}`);
    if (search) query.andWhere(IN_NAME_OR_MESSAGES, { pattern: `%${search.replace(/[\\%_]/g, '\\$&')}%` });
    const { column, direction } = orderOf(sort);
    const [items, total] = await query
      .orderBy(column, direction)
      .addOrderBy('s.id')
      .skip(skip)
      .take(limit)
      .getManyAndCount();
    return { items, total };
  }

  /** The text around the newest place where `search` stands in the messages of each of these sessions. */
  async excerpts(ids: readonly string[], search: string): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<{ sessionId: string; excerpt: string }>(FIND_EXCERPTS, [ids, search]);
    return new Map(rows.map(({ sessionId, excerpt }) => [sessionId, excerpt]));
  }

  /** The sessions behind `afterId` in that order, one more than asked for when there are more. */
  async pageAfter(owner: SessionOwner, afterId: string | null, limit: number, sort: SessionSort): Promise<Session[]> {
    const query = this.ofOwner(owner);
    const { column, direction } = orderOf(sort);
    if (afterId !== null) {
      const after = await this.getOf(owner, afterId).catch((error: unknown) => {
        throw error instanceof SessionNotFound ? new LastSessionNotFound() : error;
      });
      // The row itself is compared inside the database: a Date would lose its microseconds.
      const compare = direction === 'ASC' ? '>' : '<';
      const place = column === 's.createdAt' ? 'created_at' : 'updated_at';
      query.andWhere(`(s.${place}, s.id) ${compare} (SELECT ${place}, id FROM user_sessions WHERE id = :after)`, {
        after: after.id,
      });
    }
    return query
      .orderBy(column, direction)
      .addOrderBy('s.id', direction)
      .take(limit + 1)
      .getMany();
  }

  /** Changes a session; `touch` moves it to the top of the list. */
  async update(id: string, change: SessionChange, touch: boolean): Promise<void> {
    await this.database
      .repositoryOf(Session)
      .update({ id }, { ...change, ...(touch ? { updatedAt: new Date() } : {}) });
  }

  async replaceName(id: string, seen: string, name: string): Promise<void> {
    await this.database.repositoryOf(Session).update({ id, name: seen }, { name });
  }

  async softDelete(id: string): Promise<void> {
    await this.database.repositoryOf(Session).update({ id, deletedAt: IsNull() }, { deletedAt: new Date() });
  }

  /** Takes back what was deleted and not yet removed for good. @throws SessionNotFound */
  async restore(owner: SessionOwner, id: string): Promise<Session> {
    const session = await this.database
      .repositoryOf(Session)
      .createQueryBuilder('s')
      .where(`s.deletedAt >= now() - interval '30 days' AND s.id = :id`, { id })
      .andWhere(OF_OWNER, ownerColumns(owner))
      .getOne();
    if (!session) throw new SessionNotFound();
    await this.database.repositoryOf(Session).update({ id }, { deletedAt: null });
    return session;
  }

  /** @param unusedSince leaves those that were used again meanwhile @returns how many are gone */
  async deleteForGood(ids: readonly string[], unusedSince?: Date): Promise<number> {
    const unused = unusedSince ? { updatedAt: LessThan(unusedSince) } : {};
    const { affected } = await this.database.repositoryOf(Session).delete({ id: In([...ids]), ...unused });
    return affected ?? 0;
  }

  /** Some of an app's sessions that nobody used since, without pinned ones and those that are answered in. */
  async unusedSince(
    appId: string,
    since: Date,
    { most, except }: { most: number; except: readonly string[] },
  ): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `select id from user_sessions s
        where app_id = $1 and updated_at < $2 and pinned_at is null and id <> all($3::uuid[])
          and not exists (select from runs r where r.session_id = s.id and r.state in ('running', 'waiting_approval'))
        limit $4`,
      [appId, since, except, most],
    );
    return rows.map(({ id }) => id);
  }

  /** Removes for good what was deleted more than 30 days ago. */
  async purgeDeleted(): Promise<void> {
    await this.database.query(`DELETE FROM user_sessions WHERE deleted_at < now() - interval '30 days'`);
  }

  /** How many sessions are bound to each of these configurations. */
  async usesOfLlmConfigs(ids: readonly string[]): Promise<Map<string, LlmConfigUseCount>> {
    const rows = await this.database.query<{ id: string; count: number }>(
      `select llm_config_id as id, count(*)::int as count from user_sessions
        where deleted_at is null and llm_config_id = any($1::uuid[]) group by 1`,
      [ids],
    );
    return new Map(rows.map(({ id, count }) => [id, { count, examples: [] }]));
  }

  private ofOwner(owner: SessionOwner): SelectQueryBuilder<Session> {
    return this.database
      .repositoryOf(Session)
      .createQueryBuilder('s')
      .where('s.deletedAt IS NULL')
      .andWhere(OF_OWNER, ownerColumns(owner));
  }
}

function orderOf(sort: SessionSort): { column: string; direction: 'ASC' | 'DESC' } {
  return {
    column: sort.endsWith('created_at') ? 's.createdAt' : 's.updatedAt',
    direction: sort.startsWith('-') ? 'DESC' : 'ASC',
  };
}
