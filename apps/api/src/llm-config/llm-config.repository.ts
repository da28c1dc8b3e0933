import { Injectable } from '@nestjs/common';
import { ArrayContains, ArrayOverlap, ILike, In, Not, type Repository, type SelectQueryBuilder } from 'typeorm';
import { brokenConstraint } from '../platform/database/broken-constraint.js';
import { Database } from '../platform/database/database.js';
import { accessColumns, accessOf, type ConfigAccess, type ModelUser } from './access/config-access.js';
import { LlmConfig } from './llm-config.entity.js';
import type { LlmConfigUseCount } from './llm-config-uses.js';
import { LlmConfigOptions } from './llm-config-options.entity.js';
import { LlmConfigNameTaken } from './llm-config.errors.js';

/** Which configurations to list, and in which order. */
export interface LlmConfigFilter {
  skip: number;
  limit: number;
  search?: string;
  provider?: string;
  isActive?: boolean;
  isEmbedding?: boolean;
  tag?: string;
  /** Only those that not everybody may use, or only the others. */
  restricted?: boolean;
  /** Reads their options along. */
  withOptions?: boolean;
  sort: { column: 'name' | 'createdAt' | 'updatedAt' | 'lastUsedAt'; descending: boolean };
}

/** How often a configuration was used since it was last written down. */
export interface LlmConfigUse {
  id: string;
  times: number;
  lastUsedAt: Date;
}

/** What a caller may store; the rest is the database's. */
export type LlmConfigValues = Omit<
  LlmConfig,
  'id' | 'usageCount' | 'lastUsedAt' | 'createdAt' | 'updatedAt' | 'options'
> &
  Pick<LlmConfigOptions, 'tags' | 'fallbackIds' | 'secretHeaders'> & { access: ConfigAccess };

/** What is changed of many at once. */
export type ManyValues = Pick<LlmConfigValues, 'isActive' | 'isDefault' | 'extraConfig' | 'tags'>;

/** PostgreSQL's notification channel on which processes tell each other that a configuration changed. */
export const LLM_CONFIG_CHANGED = 'llm_config_changed';

/** Rows that are read at once where there may be many. */
const PAGE = 1000;
/** Rows that are added by one statement. */
const ROWS_AT_ONCE = 200;

/** The table of model configurations. */
@Injectable()
export class LlmConfigRepository {
  constructor(private readonly database: Database) {}

  /**
   * Lets one change of any configuration happen at a time, until the transaction ends: changes are rare,
   * and so no two of them can make two defaults, lose an edit or wait for each other for ever.
   */
  async changeAlone(): Promise<void> {
    await this.database.query(`select pg_advisory_xact_lock(hashtext('llm_configs'))`);
  }

  /** @param reader counts and answers what they may use; null sees all, as everywhere here */
  async list(filter: LlmConfigFilter, reader: ModelUser | null): Promise<{ items: LlmConfig[]; total: number }> {
    const query = this.visible(this.rows.createQueryBuilder('c'), reader);
    if (filter.withOptions) query.leftJoinAndSelect('c.options', 'o');
    if (filter.tag !== undefined)
      query.andWhere(
        'exists (select 1 from llm_config_options t where t.llm_config_id = c.id and t.tags @> array[:tag::text])',
        filter,
      );
    if (filter.restricted !== undefined) query.andWhere(`${filter.restricted ? '' : 'not '}${IS_RESTRICTED}`);
    if (filter.provider !== undefined) query.andWhere('c.provider = :provider', filter);
    if (filter.isActive !== undefined) query.andWhere('c.isActive = :isActive', filter);
    if (filter.isEmbedding !== undefined) query.andWhere('c.isEmbedding = :isEmbedding', filter);
    if (filter.search) {
      const like = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
      query.andWhere('(c.name ilike :like or c.modelName ilike :like or c.description ilike :like)', { like });
    }
    query.orderBy(
      `c.${filter.sort.column}`,
      filter.sort.descending ? 'DESC' : 'ASC',
      filter.sort.descending ? 'NULLS LAST' : 'NULLS FIRST',
    );
    const [items, total] = await query.addOrderBy('c.id').offset(filter.skip).limit(filter.limit).getManyAndCount();
    return { items, total };
  }

  listActive(isEmbedding: boolean | undefined, reader: ModelUser | null): Promise<LlmConfig[]> {
    const query = this.visible(this.rows.createQueryBuilder('c'), reader).andWhere('c.isActive');
    if (isEmbedding !== undefined) query.andWhere('c.isEmbedding = :isEmbedding', { isEmbedding });
    return query.leftJoinAndSelect('c.options', 'o').orderBy('c.isDefault', 'DESC').addOrderBy('c.name').getMany();
  }

  /** All of them by name, or those of these ids or names in whatever case; with their options, read page by page. */
  async listByName(
    of: { ids?: readonly string[]; names?: readonly string[] } = {},
    reader: ModelUser | null = null,
  ): Promise<LlmConfig[]> {
    const found: LlmConfig[] = [];
    for (let page: LlmConfig[] | undefined; page === undefined || page.length === PAGE;) {
      const query = this.visible(this.rows.createQueryBuilder('c'), reader).leftJoinAndSelect('c.options', 'o');
      if (of.ids) query.andWhere('c.id = any(:ids::uuid[])', of);
      if (of.names) query.andWhere('lower(c.name) in (select lower(n) from unnest(:names::text[]) n)', of);
      page = await query.orderBy('lower(c.name)').offset(found.length).limit(PAGE).getMany();
      found.push(...page);
    }
    return found;
  }

  /** The names of those of these ids that exist. */
  async namesOf(ids: readonly string[], reader: ModelUser | null): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; name: string }>(
      `select c.id, c.name from llm_configs c where c.id = any($1::uuid[]) and ${visibleTo('$2', '$3')}`,
      [ids, ...valuesOf(reader)],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  hasAny(): Promise<boolean> {
    return this.rows.exists();
  }

  findById(id: string): Promise<LlmConfig | null> {
    return this.rows.findOneBy({ id });
  }

  findDefault(isEmbedding: boolean): Promise<LlmConfig | null> {
    return this.rows.findOneBy({ isDefault: true, isEmbedding });
  }

  countOtherActive(id: string, isEmbedding: boolean): Promise<number> {
    return this.rows
      .createQueryBuilder('c')
      .where('c.id <> :id and c.isActive and c.isEmbedding = :isEmbedding', { id, isEmbedding })
      .getCount();
  }

  /** A new id, needed before the row exists: it is part of what seals the key. */
  newId(): string {
    return crypto.randomUUID();
  }

  /** @param past what one that comes back had before. @throws LlmConfigNameTaken */
  async insert(
    id: string,
    { tags, fallbackIds, secretHeaders, access, ...columns }: LlmConfigValues,
    past: Partial<Pick<LlmConfig, 'createdAt' | 'usageCount' | 'lastUsedAt'>> = {},
  ): Promise<LlmConfig> {
    await namedUniquely(columns.name, () => this.rows.insert({ id, ...columns, ...past } as never));
    const keyChangedAt = columns.apiKey === null ? null : new Date();
    const options = { tags, fallbackIds, secretHeaders, keyChangedAt, ...accessColumns(access) };
    await this.optionRows.insert({ llmConfigId: id, ...options });
    return this.rows.findOneByOrFail({ id });
  }

  /** Adds many in few statements. @returns them as they are then, by their ids */
  async insertMany(many: ReadonlyMap<string, LlmConfigValues>): Promise<Map<string, LlmConfig>> {
    const entries = [...many];
    for (let from = 0; from < entries.length; from += ROWS_AT_ONCE) {
      const page = entries.slice(from, from + ROWS_AT_ONCE);
      const columns = page.map(([id, { tags: _t, fallbackIds: _f, secretHeaders: _s, access: _a, ...values }]) => {
        return { id, ...values };
      });
      await this.rows.insert(columns as never);
      const options = page.map(([llmConfigId, { tags, fallbackIds, secretHeaders, access, apiKey }]) => {
        const keyChangedAt = apiKey === null ? null : new Date();
        return { llmConfigId, tags, fallbackIds, secretHeaders, keyChangedAt, ...accessColumns(access) };
      });
      await this.optionRows.insert(options);
    }
    return new Map((await this.listByName({ ids: [...many.keys()] })).map((config) => [config.id, config]));
  }

  /** Removes many in one statement; they must stand in no chain that stays. */
  async deleteMany(ids: readonly string[]): Promise<void> {
    await this.database.query('delete from llm_configs where id = any($1::uuid[])', [ids]);
  }

  /** The configurations in whose chains each of these stands. */
  async chainOwnersOf(ids: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.database.query<{ id: string; owners: string[] }>(
      `select f.id, array_agg(o.llm_config_id) as owners
         from llm_config_options o cross join unnest(o.fallback_ids) as f (id)
         join unnest($1::uuid[]) as w (id) on w.id = f.id group by f.id`,
      [ids],
    );
    return new Map(rows.map(({ id, owners }) => [id, owners]));
  }

  /** @throws LlmConfigNameTaken */
  async update(
    id: string,
    { tags, fallbackIds, secretHeaders, access, ...columns }: Partial<LlmConfigValues>,
  ): Promise<LlmConfig> {
    if ([tags, fallbackIds, secretHeaders, access, columns.apiKey].some((value) => value !== undefined))
      await this.updateOptions(id, { tags, fallbackIds, secretHeaders, access }, columns.apiKey);
    await namedUniquely(columns.name ?? '', () => this.rows.update({ id }, columns as never));
    return this.rows.findOneByOrFail({ id });
  }

  /** Writes what is decided of each in few statements. @returns them as they are then, by their ids */
  async updateMany(wanted: ReadonlyMap<string, ManyValues>, updatedBy: string | null): Promise<Map<string, LlmConfig>> {
    const [ids, values] = [[...wanted.keys()], [...wanted.values()]];
    const texts = (list: readonly unknown[]) => list.map((value) => (value === null ? null : JSON.stringify(value)));
    await this.database.query(
      `update llm_configs c
          set is_active = v.is_active, is_default = v.is_default, extra_config = v.extra_config::jsonb, updated_by = $5
         from unnest($1::uuid[], $2::bool[], $3::bool[], $4::text[]) as v (id, is_active, is_default, extra_config)
        where c.id = v.id`,
      [
        ids,
        values.map(({ isActive }) => isActive),
        values.map(({ isDefault }) => isDefault),
        texts(values.map(({ extraConfig }) => extraConfig)),
        updatedBy,
      ],
    );
    await this.database.query(
      `insert into llm_config_options (llm_config_id, tags)
       select v.id, array(select tag from jsonb_array_elements_text(v.tags::jsonb) with ordinality t (tag, n) order by n)
         from unnest($1::uuid[], $2::text[]) as v (id, tags)
       on conflict (llm_config_id) do update set tags = excluded.tags`,
      [ids, texts(values.map(({ tags }) => tags))],
    );
    return new Map((await this.listByName({ ids })).map((config) => [config.id, config]));
  }

  /** Called before the columns are written, because the key is compared with the one that is there. */
  private async updateOptions(
    id: string,
    {
      tags,
      fallbackIds,
      secretHeaders,
      access,
    }: Partial<Pick<LlmConfigValues, 'tags' | 'fallbackIds' | 'secretHeaders' | 'access'>>,
    apiKey: string | null | undefined,
  ): Promise<void> {
    const before = await this.rows.findOneByOrFail({ id });
    const isKeyNew = apiKey !== undefined && apiKey !== before.apiKey;
    await this.optionRows.upsert(
      {
        llmConfigId: id,
        tags: tags ?? before.options?.tags ?? [],
        fallbackIds: fallbackIds ?? before.options?.fallbackIds ?? [],
        secretHeaders: secretHeaders === undefined ? (before.options?.secretHeaders ?? null) : secretHeaders,
        keyChangedAt: isKeyNew ? apiKey && new Date() : (before.options?.keyChangedAt ?? null),
        ...accessColumns(access ?? accessOf(before)),
      },
      ['llmConfigId'],
    );
  }

  /** The kinds of the configurations that exist among these. */
  async kindsOf(ids: readonly string[], reader: ModelUser | null): Promise<Map<string, boolean>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<{ id: string; is_embedding: boolean }>(
      `select c.id, c.is_embedding from llm_configs c where c.id = any($1::uuid[]) and ${visibleTo('$2', '$3')}`,
      [ids, ...valuesOf(reader)],
    );
    return new Map(rows.map((row) => [row.id, row.is_embedding]));
  }

  /** The chains of fallbacks in which this one stands, by the configurations they belong to. */
  async chainsNaming(id: string): Promise<Record<string, string[]>> {
    const others = await this.rows.findBy({ options: { fallbackIds: ArrayContains([id]) } });
    return Object.fromEntries(others.map((other) => [other.id, other.options?.fallbackIds ?? []]));
  }

  /** The configurations in whose chains of fallbacks these stand; named are those that the reader may use. */
  async chainsWith(ids: readonly string[], reader: ModelUser | null): Promise<Map<string, LlmConfigUseCount>> {
    const rows = await this.database.query<LlmConfigUseCount & { id: string }>(
      `select f.id, count(*)::int as count,
              coalesce((array_agg(c.name order by c.name) filter (where ${visibleTo('$2', '$3')}))[1:3], '{}') as examples
         from llm_config_options o
         cross join unnest(o.fallback_ids) as f (id)
         join llm_configs c on c.id = o.llm_config_id
        where o.fallback_ids && $1::uuid[] and f.id = any($1::uuid[]) group by f.id`,
      [ids, ...valuesOf(reader)],
    );
    return new Map(rows.map(({ id, ...use }) => [id, use]));
  }

  /** In lower case, as names are compared. */
  async namesBeginningWith(start: string): Promise<Set<string>> {
    const like = `${start.replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.rows.find({
      select: { name: true },
      where: { name: ILike(like) },
      loadEagerRelations: false,
    });
    return new Set(rows.map(({ name }) => name.toLowerCase()));
  }

  /** Takes configurations out of the chains of all others. @returns those as they were */
  async removeFromChains(...ids: readonly string[]): Promise<LlmConfig[]> {
    const others = await this.rows.findBy({ options: { fallbackIds: ArrayOverlap([...ids]) } });
    await this.database.query(
      `update llm_config_options
          set fallback_ids = array(select f from unnest(fallback_ids) with ordinality u (f, n) where f <> all($1::uuid[]) order by n)
        where fallback_ids && $1::uuid[]`,
      [ids],
    );
    return others;
  }

  /** Takes the default away from whichever other configuration of that kind has it. @returns it as it was */
  async clearDefaultExcept(id: string, isEmbedding: boolean): Promise<LlmConfig[]> {
    const others = await this.rows.findBy({ isDefault: true, isEmbedding, id: Not(id) });
    for (const other of others) await this.rows.update({ id: other.id }, { isDefault: false });
    return others;
  }

  async delete(...ids: readonly string[]): Promise<void> {
    await this.rows.delete({ id: In([...ids]) });
  }

  /** Tells every process which configuration changed; delivered when, and only when, the transaction commits. */
  async announce(id: string): Promise<void> {
    await this.database.atEnd(id, this.notify);
  }

  private readonly notify = async (ids: string[]): Promise<void> => {
    await this.database.query('select pg_notify($1, id) from unnest($2::text[]) id', [LLM_CONFIG_CHANGED, ids]);
  };

  /** Adds up uses in one statement. */
  async addUses(uses: readonly LlmConfigUse[]): Promise<void> {
    await this.database.query(
      `update llm_configs c
          set usage_count = c.usage_count + u.times, last_used_at = greatest(c.last_used_at, u.last_used_at)
         from unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) as u (id, times, last_used_at)
        where c.id = u.id`,
      [uses.map(({ id }) => id), uses.map(({ times }) => times), uses.map(({ lastUsedAt }) => lastUsedAt)],
    );
  }

  private visible(rows: SelectQueryBuilder<LlmConfig>, reader: ModelUser | null): SelectQueryBuilder<LlmConfig> {
    const [readerRole, readerId] = valuesOf(reader);
    return rows.where(visibleTo(':readerRole', ':readerId'), { readerRole, readerId });
  }

  private get optionRows(): Repository<LlmConfigOptions> {
    return this.database.repositoryOf(LlmConfigOptions);
  }

  private get rows(): Repository<LlmConfig> {
    return this.database.repositoryOf(LlmConfig);
  }
}

const IS_RESTRICTED = `exists (
  select 1 from llm_config_options r where r.llm_config_id = c.id and r.access_scope <> 'all')`;

/** Whether the reader may use the configuration `c`, as `mayUse` says it of one in memory. */
function visibleTo(role: string, userId: string): string {
  return `(${role}::text = 'admin' or c.created_by = ${userId}::uuid or not exists (
    select 1 from llm_config_options a
     where a.llm_config_id = c.id and a.access_scope <> 'all'
       and ${role}::text <> all(a.access_roles) and (${userId}::uuid = any(a.access_user_ids)) is not true))`;
}

/** The role and the id of a reader; the server itself sees what an administrator sees. */
function valuesOf(reader: ModelUser | null): [string, string | null] {
  if (reader === null) return ['admin', null];
  return 'userId' in reader ? [reader.role, reader.userId] : ['', null];
}

/** The unique index decides, not a read before the write. */
async function namedUniquely<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) === 'uq_llm_configs_name') throw new LlmConfigNameTaken(name);
    throw error;
  }
}
