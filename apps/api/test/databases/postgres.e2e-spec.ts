import type { Client } from 'pg';
import type { ToolResult } from '../../src/agent/tools/agent-tool.js';
import { DB_CHECK } from '../../src/agent/tools/db/checks/check.js';
import { ConsoleServer } from '../support/console.js';
import { DatabaseTools } from '../support/database-tools.js';
import { eventually } from '../support/eventually.js';
import { RealPostgres } from '../support/real-postgres.js';
import { docsSql } from '../support/docs-sql.js';
import { POSTGRES_ATTACKS } from './postgres-attacks.js';
import { TOO_MIGHTY } from './postgres-roles.js';
import { SHOP } from './postgres-shop.js';

describe('a real PostgreSQL', () => {
  let postgres: RealPostgres;
  let admin: Client;
  let tools: DatabaseTools;

  beforeAll(async () => {
    postgres = await RealPostgres.start({
      ...{ max_connections: '20', superuser_reserved_connections: '2', reserved_connections: '2' },
      ...{ shared_preload_libraries: 'pg_stat_statements', autovacuum: 'off' },
    });
    await (await postgres.connect('postgres')).query('create database shop');
    admin = await postgres.connect('shop');
    await admin.query(SHOP);
    const reader = {
      kind: 'postgresql',
      port: postgres.port,
      database: 'shop',
      user: 'reader',
      password: 'reads',
    } as const;
    tools = new DatabaseTools({
      shop: reader,
      plain: { ...reader, user: 'plain' },
      wrong: { ...reader, password: 'guessed' },
      elsewhere: { ...reader, database: 'nowhere' },
      tls: { ...reader, tls: 'skip_verify' },
      verified: { ...reader, tls: 'verify' },
      clear: { ...reader, user: 'clear' },
      clear_tls: { ...reader, user: 'clear', tls: 'skip_verify' },
      documented: { ...reader, user: 'opsagent_reader', password: 'choose-one' },
      mighty: { ...reader, user: 'mighty', password: 'might' },
    });
  }, 60_000);

  afterAll(() => postgres.stop());

  const state = async (): Promise<unknown> => {
    const { rows } = await admin.query(`select
      (select md5(string_agg(i::text, '|' order by id)) from items i) as items,
      (select array_agg(relname order by relname) from pg_class where relnamespace = 'public'::regnamespace) as relations,
      (select count(*) from pg_class where relpersistence = 't') as temporary,
      (select count(*) from pg_largeobject_metadata) as large_objects,
      (select md5(string_agg(r::text, '|' order by rolname)) from pg_roles r) as roles,
      (select row(last_value, is_called)::text from numbers) as sequence,
      (select count(*) from pg_locks where locktype = 'advisory') as advisory_locks,
      (select count(*) from pg_prepared_statements) as prepared,
      (select stats_reset from pg_stat_database where datname = 'shop') as stats_reset,
      (select count(*) from pg_stat_activity where usename = 'opsagent') as sessions`);
    return rows[0];
  };

  const active = async (): Promise<number> => {
    const sql = "select from pg_stat_activity where usename = 'reader' and state <> 'idle'";
    return (await admin.query(sql)).rowCount ?? 0;
  };

  it('answers rows with types that a model can read', async () => {
    const sql = `select 1::int as a, 9007199254740993::int8 as big, 12.50::numeric as price, 1e30::float8 as huge, 'NaN'::float8 as none,
      true as yes, null as nothing, date '2026-01-02' as day, timestamptz '2026-01-02 03:04:05.678+08' as moment,
      timestamp '2026-01-02 03:04:05' as local, interval '90 minutes' as span, '{"a": [1]}'::jsonb as document,
      array[1, 2] as list, '\\x00ff'::bytea as bytes, inet '10.0.0.1' as address, 'é''"' as words`;
    const result = await tools.query('shop', sql);
    expect(result).toMatchObject({ status: 'ok', source: 'shop', query: sql, row_count: 1 });
    expect(result['rows']).toEqual([
      [
        ...[1, '9007199254740993', 12.5, 1e30, 'NaN', true, null, '2026-01-02', '2026-01-01T19:04:05.678Z'],
        ...['2026-01-02T03:04:05', 'PT1H30M', { a: [1] }, [1, 2], '0x00ff (2 bytes)', '10.0.0.1', 'é\'"'],
      ],
    ]);
    expect((result['columns'] as object[]).slice(0, 3)).toEqual([
      { name: 'a', type: 'integer' },
      { name: 'big', type: 'bigint' },
      { name: 'price', type: 'numeric' },
    ]);
  });

  it('takes few of its connections, however much is asked at once', async () => {
    const sql = "select count(*), pg_sleep(0.2) from pg_stat_activity where usename = 'reader'";
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) => tools.query('shop', `${sql} -- ${index}`)),
    );
    const counts = results.map((result) => Number((result['rows'] as unknown[][])[0]?.[0]));
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'ok'));
    expect(Math.max(...counts)).toBe(2);
  });

  it.each([
    "select count(*), min(id), now(), clock_timestamp(), random(), current_setting('work_mem'), version() from items",
    'select doubled(id) from items limit 1',
    'with a as (select id from items), b as (select * from a) select count(*) from b',
    "select string_agg(name, ', ' order by id), percentile_cont(0.5) within group (order by id) from items",
    "select pg_size_pretty(pg_database_size(current_database())), pg_total_relation_size('items'), pg_sleep(0)",
    "select substring('abc' for 2), 'for update; delete from items; -- pg_advisory_lock(1)', extract(year from now())",
    'select i.name as "update", (select count(*) from sold) as "into" from items i limit 1',
    "select row_number() over (partition by name order by id), jsonb_build_object(1, 2) -> '1' from items limit 2;",
    'select * from pg_stat_activity, unnest(pg_blocking_pids(pid)) limit 1',
    'select count(*) from items tablesample system (50), generate_series(1, 2) with ordinality as n',
    'select query, calls from pg_stat_statements order by total_exec_time desc limit 5',
    "select date_trunc('hour', at), count(*) filter (where id > 1) from sold group by 1",
    'explain select * from items',
    'explain (analyze, format json) select count(*) from items',
    'explain analyze verbose select 1',
    'show work_mem',
    'values (1, 2), (3, 4)',
    'table items',
    '(select 1) union all (select 2)',
    '/* why /* nested */ */ select 1 -- done',
    "select to_char(now(), 'YYYY'), coalesce(null, 1), cast('1' as int), array(select 1), exists(select 1)",
  ])('lets through %s', async (sql) => {
    const { status, message } = await tools.query('shop', sql);
    expect([
      status === 'no_data' ? 'ok' : status,
      message === undefined || status !== 'error' ? null : message,
    ]).toEqual(['ok', null]);
  });

  it('has no attack that comes to anything', async () => {
    expect(POSTGRES_ATTACKS.length).toBeGreaterThan(60);
    const before = await state();
    const through: unknown[] = [];
    for (const sql of POSTGRES_ATTACKS) {
      const { status, message } = await tools.query('shop', sql);
      if (status !== 'refused' && status !== 'error') through.push([sql, status]);
      expect(message).toEqual(expect.stringMatching(/\w/));
    }
    expect(through).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it.each(TOO_MIGHTY)('refuses every statement of a role that could do more: %s', async (grant, words) => {
    await admin.query("create role mighty login password 'might'; grant select on items to mighty");
    try {
      await admin.query(grant);
      const { status, message } = await tools.query('mighty', 'select 1');
      expect([status, message]).toEqual(['refused', expect.stringMatching(words)]);
    } finally {
      await admin.query(`drop table if exists owned; drop schema if exists owned; alter function wipe() owner to opsagent;
        revoke delete on items from public; revoke create on schema public from public; revoke all on database shop from mighty; drop owned by mighty; drop role mighty;
        do $$ begin drop owned by behind; drop role behind; exception when undefined_object then end $$`);
    }
  });

  it('tells how much more there is than a million rows, and stays small and quick', async () => {
    const start = performance.now();
    const sql = "select n, repeat('x', 200) as filler from generate_series(1, 1000000) as n";
    const result = await tools.query('shop', sql, { max_rows: 50 });
    expect(result).toMatchObject({ status: 'ok', row_count: 50, message: 'There are more rows than these 50.' });
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(await tools.query('shop', sql, { max_rows: 10_000_000 })).toMatchObject({ row_count: 1_000 });
  });

  it('cuts long values, ends long answers, and gives up on one that is too long to take in', async () => {
    const cut = await tools.query('shop', "select repeat('y', 3000)");
    expect(String((cut['rows'] as unknown[][])[0]?.[0])).toMatch(/^y{2000}… \(3000 characters\)$/);
    const many = await tools.query('shop', "select repeat('y', 1900) from generate_series(1, 900)", {
      max_rows: 1_000,
    });
    expect(many).toMatchObject({ status: 'ok', message: expect.stringContaining('512 kB') as string });
    expect(JSON.stringify(many).length).toBeLessThan(600_000);
    const huge = await tools.query('shop', "select repeat('z', 300000000)");
    expect(huge).toMatchObject({ status: 'error', message: expect.stringContaining('larger than 24 MB') as string });
  });

  it.each(['shop', 'tls'])('ends a statement at %s within half a second of its cancel', async (source) => {
    const stop = new AbortController();
    const asked = tools.query(source, 'select count(*) from generate_series(1, 100000000000)', {}, stop.signal);
    asked.catch(() => undefined);
    await eventually(async () => (await active()) === 1);
    const start = performance.now();
    stop.abort(new Error('stopped'));
    await eventually(async () => (await active()) === 0, 2_000);
    expect(performance.now() - start).toBeLessThan(500);
    await expect(asked).rejects.toThrow('stopped');
  });

  it('tells a chain of locks as a tree with its holder at the top', async () => {
    const [a, b, c] = [await postgres.connect('shop'), await postgres.connect('shop'), await postgres.connect('shop')];
    await a.query("begin; update items set note = 'held' where id = 1");
    await b.query("begin; update items set note = 'held' where id = 2");
    const waits = [
      b.query('update items set note = null where id = 1'),
      c.query('update items set note = null where id = 2'),
    ];
    const pid = (client: Client): number => (client as Client & { processID: number }).processID;
    await eventually(async () => (await tools.diagnose('shop', 'locks'))['waiting'] === 2);
    const { trees, status } = (await tools.diagnose('shop', 'locks')) as ToolResult & { trees: unknown };
    await a.query('rollback');
    await waits[0];
    await b.query('rollback');
    await waits[1];
    expect(status).toBe('ok');
    expect(trees).toMatchObject([
      {
        pid: pid(a),
        state: 'idle in transaction',
        query: expect.stringContaining("note = 'held' where id = 1") as string,
        blocks: [
          {
            pid: pid(b),
            waits_for: expect.stringContaining('ShareLock on transactionid') as string,
            blocks: [{ pid: pid(c), query: 'update items set note = null where id = 2' }],
          },
        ],
      },
    ]);
    expect(await tools.diagnose('shop', 'locks')).toMatchObject({ status: 'no_data', trees: [] });
  });

  it('sees who has taken all connections, by one that is kept for it', async () => {
    const taken: Client[] = [];
    const take = async (): Promise<boolean> => {
      try {
        taken.push(await postgres.connect('shop', { user: 'plain', password: 'reads' }));
        return false;
      } catch {
        return true;
      }
    };
    await eventually(take);
    const told = await tools.diagnose('shop', 'connections');
    const refused = await tools.query('plain', 'select 1');
    await Promise.all(taken.map((client) => client.end()));
    expect(told).toMatchObject({ status: 'ok', connections: { max: 20 } });
    expect((told['by_client'] as object[])[0]).toMatchObject({
      user: 'plain',
      connections: taken.length,
      state: 'idle',
    });
    expect(refused).toMatchObject({
      status: 'error',
      message: expect.stringMatching(/connection slots|too many/) as string,
    });
  });

  it('names the statement that takes the most time', async () => {
    for (let run = 0; run < 3; run++) await admin.query("select pg_sleep(0.2), 'the slow one'");
    const { by_total_time: slow } = (await tools.diagnose('shop', 'slow_queries')) as ToolResult & {
      by_mean_time: object[];
    };
    expect(slow).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ query: expect.stringContaining('pg_sleep') as string, calls: 3 }),
      ]),
    );
  });

  it('finds what runs long, what is open long, dead rows and missing indexes', async () => {
    const [idle, busy] = [await postgres.connect('shop'), await postgres.connect('shop')];
    await idle.query('begin; select 1');
    const sleeping = busy.query('select pg_sleep(30)').catch(() => undefined);
    await admin.query(
      'create table churn as select n from generate_series(1, 5000) n; delete from churn; select pg_stat_force_next_flush()',
    );
    await eventually(async () => (await tools.diagnose('shop', 'long_transactions')).status === 'ok', 15_000);
    expect(await tools.diagnose('shop', 'long_transactions')).toMatchObject({
      transactions: expect.arrayContaining([expect.objectContaining({ state: 'idle in transaction' })]) as object[],
    });
    expect(await tools.diagnose('shop', 'long_queries')).toMatchObject({
      status: 'ok',
      queries: [expect.objectContaining({ query: 'select pg_sleep(30)', wait_event: 'PgSleep' })],
    });
    await admin.query("select pg_cancel_backend(pid) from pg_stat_activity where query = 'select pg_sleep(30)'");
    await sleeping;
    await idle.query('rollback');
    const churn = expect.objectContaining({ table: 'public.churn', dead_rows: 5000 }) as object;
    await eventually(async () => JSON.stringify(await tools.diagnose('shop', 'vacuum')).includes('public.churn'));
    expect(await tools.diagnose('shop', 'tables')).toMatchObject({ most_dead_rows: [churn] });
    expect(await tools.diagnose('shop', 'indexes')).toMatchObject({
      foreign_keys_without_index: [expect.objectContaining({ table: 'sold' })],
    });
  }, 40_000);

  it.each(['overview', 'replication', 'settings', 'vacuum', 'connections'])('looks at %s', async (check) => {
    const result = await tools.diagnose('shop', check);
    expect(result).toMatchObject({ status: 'ok', check, engine: expect.stringMatching(/^PostgreSQL \d/) as string });
    expect(result.query).toContain('select');
    expect(JSON.stringify(result).length).toBeLessThan(20_000);
  });

  it('says so when the role sees only itself', async () => {
    const { message } = await tools.diagnose('plain', 'connections');
    expect(message).toContain('grant it pg_monitor');
  });

  it.each([
    ['wrong', /password authentication failed/],
    ['elsewhere', /database "nowhere" does not exist/],
    ['verified', /self-signed|self signed/],
    ['clear', /asks for the password in the clear/],
  ])('says what is wrong with the source %s', async (source, words) => {
    expect(await tools.query(source, 'select 1')).toMatchObject({
      status: 'error',
      message: expect.stringMatching(words) as string,
    });
  });

  it.each([
    ['select nothing from items', /column "nothing" does not exist \(42703\)/],
    ['selec 1', /Only SELECT/],
    ['select * from customers', /relation "customers" does not exist/],
    ['select $1::int', /parameter/],
    ["select repeat('x', 2000000000)", /requested length too large|invalid memory/],
  ])('says what is wrong with %s', async (sql, words) => {
    expect((await tools.query('shop', sql)).message).toMatch(words);
  });

  it('tells a password in the clear over TLS only', async () => {
    expect(await tools.query('clear_tls', 'select 1')).toMatchObject({ status: 'ok' });
  });

  it('works by the role that the documents tell how to make', async () => {
    await admin.query(docsSql('CREATE ROLE opsagent_reader'));
    await admin.query('create table later (id int); insert into later values (1)');
    for (const sql of ['select count(*) from items', 'select * from later']) {
      expect(await tools.query('documented', sql)).toMatchObject({ status: 'ok' });
    }
    for (const check of DB_CHECK) {
      const { status, message = '' } = await tools.diagnose('documented', check);
      expect([check, status, message]).toEqual([
        check,
        expect.stringMatching(/^(ok|no_data)$/),
        expect.not.stringContaining('grant'),
      ]);
    }
    expect(await tools.query('documented', 'delete from later')).toMatchObject({ status: 'refused' });
  });

  it('is registered, tested and offered by name', async () => {
    const server = await ConsoleServer.start();
    try {
      const settings = { host: '127.0.0.1', port: postgres.port, database: 'shop', username: 'reader' };
      const input = { name: 'shop', kind: 'postgresql', settings, secrets: { password: 'reads' } };
      const { id } = await server.call<{ id: string }>('POST', '/api/tool-sources', input);
      const test = () => server.call('POST', `/api/tool-sources/${id}/test`, {}, 200);
      expect(await test()).toMatchObject({
        ok: true,
        detail: expect.stringMatching(/^PostgreSQL \d+.*only reads/) as string,
      });
      await server.call('PATCH', `/api/tool-sources/${id}`, { secrets: { password: 'guessed' } });
      expect(await test()).toMatchObject({ ok: false, fault: 'authentication' });
    } finally {
      await server.close();
    }
  });
});
