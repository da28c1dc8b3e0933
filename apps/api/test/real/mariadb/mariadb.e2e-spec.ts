import type { Connection, RowDataPacket } from 'mysql2/promise';
import { DB_CHECK } from '../../../src/agent/tools/db/checks/check.js';
import { ConsoleServer } from '../../support/console.js';
import { DatabaseTools } from '../../support/database-tools.js';
import { docsSql } from '../../support/docs-sql.js';
import { eventually } from '../../support/eventually.js';
import { RealMariadb } from '../../support/real-mariadb.js';
import { MYSQL_ATTACKS } from './mysql-attacks.js';
import { TOO_MIGHTY } from './mysql-roles.js';

const SCHEMA = `
create database shop;
use shop;
create table items (id int primary key, name varchar(100) not null, note text) engine = innodb;
insert into items select seq, concat('item ', seq), null from seq_1_to_1000;
create table notes (text varchar(20), key a (text), key b (text)) engine = innodb;
create sequence numbers;
create function wipe() returns int modifies sql data begin delete from items; return 1; end;
create procedure wipe_all() delete from items;
create user 'reader'@'%' identified by 'reads';
grant select, show view on shop.* to 'reader'@'%';
grant process, binlog monitor, slave monitor on *.* to 'reader'@'%';
grant select on performance_schema.* to 'reader'@'%';
create user 'plain'@'%' identified by 'reads' with max_user_connections 100;
grant select on shop.* to 'plain'@'%';
`;

/** InnoDB tells of its locks and transactions anew when nobody has asked for a tenth of a second. */
const innodb = (isTrue: () => Promise<boolean>): Promise<void> => eventually(isTrue, 15_000, 150);

describe('a real MariaDB', () => {
  let mariadb: RealMariadb;
  let admin: Connection;
  let tools: DatabaseTools;

  beforeAll(async () => {
    mariadb = await RealMariadb.start({ 'max-connections': '25', 'performance-schema': 'ON' });
    admin = await mariadb.connect();
    await admin.query(SCHEMA);
    const reader = { kind: 'mysql', port: mariadb.port, database: 'shop', user: 'reader', password: 'reads' } as const;
    tools = new DatabaseTools({
      shop: reader,
      plain: { ...reader, user: 'plain' },
      wrong: { ...reader, password: 'guessed' },
      elsewhere: { ...reader, database: 'nowhere' },
      tls: { ...reader, tls: 'verify' },
      documented: { ...reader, user: 'opsagent_reader', password: 'choose-one' },
      mighty: { ...reader, user: 'mighty', password: 'might' },
    });
  }, 90_000);

  afterAll(() => mariadb.stop());

  const rowsOf = async (sql: string, by = admin): Promise<RowDataPacket[]> => (await by.query<RowDataPacket[]>(sql))[0];

  const state = async (): Promise<unknown> => [
    await rowsOf('checksum table shop.items'),
    await rowsOf('select table_schema, table_name, table_type from information_schema.tables order by 1, 2'),
    await rowsOf('select next_not_cached_value from shop.numbers'),
    await rowsOf('select user, host, priv from mysql.global_priv order by 1, 2'),
    await rowsOf("select count(*) from information_schema.processlist where user = 'reader'"),
  ];

  const active = async (): Promise<number> =>
    (await rowsOf("select id from information_schema.processlist where user = 'reader' and command <> 'Sleep'")).length;

  it('answers rows with types that a model can read', async () => {
    const sql = `select 1 as a, cast(9007199254740993 as signed) as big, cast(12.50 as decimal(10, 2)) as price, 1e30 as huge,
      null as nothing, date '2026-01-02' as day, timestamp '2026-01-02 03:04:05' as moment, 'é''"' as words,
      unhex('00ff') as bytes, b'101' as bits, time '26:03:04' as span`;
    const result = await tools.query('shop', sql);
    expect(result).toMatchObject({ status: 'ok', source: 'shop', query: sql, row_count: 1 });
    expect(result['rows']).toEqual([
      [
        1,
        '9007199254740993',
        12.5,
        1e30,
        null,
        '2026-01-02',
        '2026-01-02T03:04:05',
        'é\'"',
        '0x00ff (2 bytes)',
        expect.anything(),
        '26:03:04',
      ],
    ]);
    expect((result['columns'] as object[]).slice(1, 3)).toEqual([
      { name: 'big', type: 'bigint' },
      { name: 'price', type: 'decimal' },
    ]);
  });

  it.each([
    'select count(*), min(id), now(), version(), sleep(0) from items',
    'with a as (select id from items), b as (select * from a) select count(*) from b',
    "select group_concat(name order by id separator ', ') from items",
    "select 'for update; delete from items; -- get_lock(1)', substring('abc', 1, 2), extract(year from now())",
    'select i.`name` as `update`, (select count(*) from notes) as `into` from items i limit 1',
    'select row_number() over (partition by name order by id) from items limit 2;',
    "select insert('abc', 1, 1, 'x'), replace('a', 'a', 'b'), left('abc', 1), if(1, 2, 3)",
    'explain select * from items',
    'analyze format=json select count(*) from items',
    'describe items',
    'show tables',
    "show variables like 'max_connections'",
    'show create table items',
    'show processlist',
    '(select 1) union all (select 2)',
    '/* why */ select 1 -- done',
    'select 1 # done',
    "select json_extract('{\"a\": 1}', '$.a'), cast('1' as unsigned), date_format(now(), '%Y'), exists(select 1)",
    'select * from information_schema.processlist',
  ])('lets through %s', async (sql) => {
    const { status, message } = await tools.query('shop', sql);
    expect([status, status === 'ok' ? undefined : message]).toEqual(['ok', undefined]);
  });

  it('has no attack that comes to anything', async () => {
    expect(MYSQL_ATTACKS.length).toBeGreaterThan(60);
    const before = await state();
    const through: unknown[] = [];
    for (const sql of MYSQL_ATTACKS) {
      const { status, message } = await tools.query('shop', sql);
      if (status !== 'refused' && status !== 'error') through.push([sql, status]);
      expect(message).toEqual(expect.stringMatching(/\w/));
    }
    expect(through).toEqual([]);
    await eventually(async () => JSON.stringify(await state()) === JSON.stringify(before));
  });

  it.each(TOO_MIGHTY)('refuses every statement of an account that could do more: %s', async (grant, words) => {
    await admin.query("create user 'mighty'@'%' identified by 'might'; grant select on shop.items to 'mighty'@'%'");
    try {
      await admin.query(grant);
      const { status, message } = await tools.query('mighty', 'select 1');
      expect([status, message]).toEqual(['refused', expect.stringMatching(words)]);
    } finally {
      await admin.query("drop user 'mighty'@'%'; drop role if exists writing; drop role if exists behind");
      if (grant.endsWith('to public')) await admin.query('revoke delete on shop.* from public');
    }
  });

  it('tells how much more there is than a million rows, and stays small and quick', async () => {
    const start = performance.now();
    const sql = "select seq, repeat('x', 200) as filler from seq_1_to_1000000";
    expect(await tools.query('shop', sql, { max_rows: 50 })).toMatchObject({
      ...{ status: 'ok', row_count: 50, message: 'There are more rows than these 50.' },
    });
    // A limit of its own lifts the one of the session.
    expect(await tools.query('shop', `${sql} limit 900000`, { max_rows: 10 })).toMatchObject({ row_count: 10 });
    expect(performance.now() - start).toBeLessThan(5_000);
    await eventually(async () => (await active()) === 0);
  });

  it('cuts long values, ends long answers, and gives up on one that is too long to take in', async () => {
    const cut = await tools.query('shop', "select repeat('y', 3000)");
    expect(String((cut['rows'] as unknown[][])[0]?.[0])).toMatch(/^y{2000}… \(3000 characters\)$/);
    const many = await tools.query('shop', "select repeat('y', 1900) from seq_1_to_900", { max_rows: 1_000 });
    expect(many).toMatchObject({ status: 'ok', message: expect.stringContaining('512 kB') as string });
    await admin.query('set global max_allowed_packet = 1073741824');
    const huge = await tools.query('shop', "select repeat('z', 300000000)");
    expect(huge).toMatchObject({ status: 'error', message: expect.stringContaining('larger than 24 MB') as string });
  });

  it.each([
    'select sleep(60)',
    "select benchmark(1000000000000, md5('a'))",
    'select count(*) from seq_1_to_10000000 a, seq_1_to_10000 b where a.seq * b.seq = -1',
  ])('ends a statement within half a second of its cancel: %s', async (sql) => {
    const stop = new AbortController();
    const asked = tools.query('shop', sql, {}, stop.signal);
    asked.catch(() => undefined);
    const busy = "select id from information_schema.processlist where user = 'reader' and info like 'select %'";
    await eventually(async () => (await rowsOf(busy)).length === 1);
    const start = performance.now();
    stop.abort(new Error('stopped'));
    await eventually(async () => (await rowsOf(busy)).length === 0, 2_000);
    expect(performance.now() - start).toBeLessThan(500);
    await expect(asked).rejects.toThrow('stopped');
  });

  it('tells a chain of locks as a tree with its holder at the top', async () => {
    const [a, b, c] = [
      await mariadb.connect({ user: 'root' }, 'shop'),
      await mariadb.connect({ user: 'root' }, 'shop'),
      await mariadb.connect({ user: 'root' }, 'shop'),
    ];
    await a.query("start transaction; update items set note = 'held' where id = 1");
    await b.query("start transaction; update items set note = 'held' where id = 2");
    const waits = [
      b.query('update items set note = null where id = 1'),
      c.query('update items set note = null where id = 2'),
    ];
    await innodb(async () => (await tools.diagnose('shop', 'locks'))['waiting'] === 2);
    const told = await tools.diagnose('shop', 'locks');
    await a.query('rollback');
    await waits[0];
    await b.query('rollback');
    await waits[1];
    expect(told).toMatchObject({
      status: 'ok',
      trees: [
        {
          ...{ pid: a.threadId, command: 'Sleep', user: 'root' },
          blocks: [
            {
              pid: b.threadId,
              waits_for: expect.stringContaining('items') as string,
              query: 'update items set note = null where id = 1',
              blocks: [{ pid: c.threadId, query: 'update items set note = null where id = 2' }],
            },
          ],
        },
      ],
    });
    await innodb(async () => (await tools.diagnose('shop', 'locks')).status === 'no_data');
  });

  it('sees who waits for the definition of a table', async () => {
    const [a, b] = [await mariadb.connect({ user: 'root' }, 'shop'), await mariadb.connect({ user: 'root' }, 'shop')];
    await a.query('start transaction; select count(*) from items');
    const waits = b.query('alter table items comment = "x"').catch(() => undefined);
    const told = async () =>
      JSON.stringify((await tools.diagnose('shop', 'locks'))['waiting_for_table_definitions'] ?? []);
    await eventually(async () => (await told()).includes('alter table items'));
    await a.query('rollback');
    await waits;
  });

  it('sees who has taken the connections, and says so when none is left', async () => {
    const taken: Connection[] = [];
    for (let count = 0; count < 8; count++) taken.push(await mariadb.connect({ user: 'plain', password: 'reads' }));
    const told = await tools.diagnose('shop', 'connections');
    const isFull = async (): Promise<boolean> => {
      try {
        taken.push(await mariadb.connect({ user: 'plain', password: 'reads' }));
        return false;
      } catch {
        return true;
      }
    };
    await eventually(isFull);
    const refused = await tools.query('shop', 'select 1');
    for (const connection of taken) await connection.end();
    expect(told).toMatchObject({ status: 'ok', connections: { max_connections: 25 } });
    expect((told['by_client'] as object[])[0]).toMatchObject({ user: 'plain', connections: 8, command: 'Sleep' });
    expect(refused).toMatchObject({
      status: 'error',
      message: expect.stringContaining('Too many connections') as string,
    });
  });

  it('names the statement that takes the most time, what runs long and what is open long', async () => {
    const [busy, idle] = [
      await mariadb.connect({ user: 'root' }, 'shop'),
      await mariadb.connect({ user: 'root' }, 'shop'),
    ];
    await busy.query("select sleep(0.4), 'the slow one'");
    await idle.query("start transaction; update items set note = 'open' where id = 9");
    const sleeping = busy.query('select sleep(60)').catch(() => undefined);
    await innodb(async () => (await tools.diagnose('shop', 'long_transactions')).status === 'ok');
    expect(await tools.diagnose('shop', 'long_transactions')).toMatchObject({
      transactions: [expect.objectContaining({ pid: idle.threadId, rows_modified: 1 })],
    });
    expect(await tools.diagnose('shop', 'long_queries')).toMatchObject({
      queries: [expect.objectContaining({ pid: busy.threadId, query: 'select sleep(60)' })],
    });
    await idle.query('rollback');
    await admin.query(`kill query ${busy.threadId}`);
    await sleeping;
    const { by_total_time: slow } = await tools.diagnose('shop', 'slow_queries');
    expect(JSON.stringify(slow)).toContain('sleep');
  }, 30_000);

  it.each(['overview', 'tables', 'indexes', 'replication', 'settings', 'vacuum', 'connections'])(
    'looks at %s',
    async (check) => {
      const result = await tools.diagnose('shop', check);
      expect(result).toMatchObject({ status: 'ok', check, engine: expect.stringMatching(/^MariaDB \d/) as string });
      expect(JSON.stringify(result).length).toBeLessThan(20_000);
      if (check === 'tables') expect(result).toMatchObject({ without_primary_key: [{ full_name: 'shop.notes' }] });
      if (check === 'indexes')
        expect(result).toMatchObject({ redundant: [{ table: 'shop.notes', index: 'b', covered_by: 'a' }] });
    },
  );

  it('says so when the account sees only itself', async () => {
    expect((await tools.diagnose('plain', 'connections')).message).toContain('grant it PROCESS');
    expect(await tools.diagnose('plain', 'locks')).toMatchObject({
      ...{ status: 'error', message: expect.stringContaining('PROCESS') as string },
    });
  });

  it.each([
    ['wrong', /Access denied/],
    ['elsewhere', /nowhere/],
    ['tls', /self-signed|self signed/],
  ])('says what is wrong with the source %s', async (source, words) => {
    expect(await tools.query(source, 'select 1')).toMatchObject({
      status: 'error',
      message: expect.stringMatching(words) as string,
    });
  });

  it.each([
    ['select nothing from items', /Unknown column 'nothing'.*ER_BAD_FIELD_ERROR/],
    ['selec 1', /Only SELECT/],
    ['select * from customers', /customers/],
    ['select ?', /\w/],
  ])('says what is wrong with %s', async (sql, words) => {
    expect((await tools.query('shop', sql)).message).toMatch(words);
  });

  it('works by the account that the documents tell how to make', async () => {
    await admin.query(docsSql("-- Instead of '%'"));
    expect(await tools.query('documented', 'select count(*) from items')).toMatchObject({ status: 'ok' });
    for (const check of DB_CHECK) {
      const { status, message = '' } = await tools.diagnose('documented', check);
      expect([check, status, message]).toEqual([
        check,
        expect.stringMatching(/^(ok|no_data)$/),
        expect.not.stringContaining('grant'),
      ]);
    }
    expect(await tools.query('documented', 'delete from items')).toMatchObject({ status: 'refused' });
  });

  it('is registered and tested by name', async () => {
    const server = await ConsoleServer.start();
    try {
      const settings = { host: '127.0.0.1', port: mariadb.port, database: 'shop', username: 'reader' };
      const input = { name: 'shop', kind: 'mysql', settings, secrets: { password: 'reads' } };
      const { id } = await server.call<{ id: string }>('POST', '/api/tool-sources', input);
      const test = () => server.call('POST', `/api/tool-sources/${id}/test`, {}, 200);
      expect(await test()).toMatchObject({
        ok: true,
        detail: expect.stringMatching(/^MariaDB \d+.*only reads/) as string,
      });
      await server.call('PATCH', `/api/tool-sources/${id}`, { secrets: { password: 'guessed' } });
      expect(await test()).toMatchObject({ ok: false, fault: 'authentication' });
    } finally {
      await server.close();
    }
  });
});
