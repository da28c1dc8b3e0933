import type { Connection } from 'mysql2/promise';
import { testDatabase } from '../../../src/agent/sources/databases/test-database.js';
import { DatabaseTools } from '../../support/database-tools.js';
import { docsSql } from '../../support/docs-sql.js';
import { eventually } from '../../support/eventually.js';
import { RealMariadb } from '../../support/real-mariadb.js';

interface Told {
  readonly pid: number;
  readonly server_started_at: string;
  readonly query_started_at: string;
}

describe('ending what sessions of MariaDB do', () => {
  let mariadb: RealMariadb;
  let admin: Connection;
  let tools: DatabaseTools;
  const app = { user: 'app', password: 'works' };

  beforeAll(async () => {
    mariadb = await RealMariadb.start();
    admin = await mariadb.connect();
    await admin.query(`create database shop; create table shop.held (id int primary key, note text) engine = innodb;
      insert into shop.held values (1, ''); create user 'app'@'%' identified by 'works'; grant all on shop.* to 'app'@'%';
      create user 'reader'@'%' identified by 'reads'; grant process on *.* to 'reader'@'%'; grant select on shop.* to 'reader'@'%'`);
    await admin.query(docsSql("CREATE USER 'opsagent_actor'"));
    const login = { kind: 'mysql', port: mariadb.port, database: 'shop', user: 'reader', password: 'reads' } as const;
    const actor = { action_username: 'opsagent_actor', action_password: 'choose-another' };
    tools = new DatabaseTools({
      db: { ...login, ...actor },
      weak: { ...login, action_username: 'reader', action_password: 'reads' },
    });
  }, 90_000);

  afterAll(() => mariadb.stop());

  const busy = async (): Promise<{ connection: Connection; told: Told; ended: Promise<string> }> => {
    const connection = await mariadb.connect(app, 'shop');
    // Its function answers when it is killed; a join is ended with an error.
    const sql = 'select count(*) from seq_1_to_10000000 a, seq_1_to_10000 b where a.seq * b.seq = -1';
    const ended = connection.query(sql).then(
      () => 'done',
      (error: unknown) => (error as Error).message,
    );
    let told: Told | undefined;
    await eventually(async () => {
      const { queries = [] } = await tools.diagnose('db', 'long_queries');
      told = (queries as Told[]).find(({ pid }) => pid === connection.threadId);
      return told !== undefined;
    });
    if (!told) throw new Error('It is not told of.');
    return { connection, told, ended };
  };

  it('shows the session as it stands, cancels its statement, and sees it end', async () => {
    const { connection, told, ended } = await busy();
    const input = { action: 'cancel_db_query', target: 'db', pid: told.pid, started_at: told.query_started_at };
    const words = await tools.describeAction(input);
    expect(words).toMatchObject({
      target: expect.stringMatching(/^db \(127\.0\.0\.1:\d+/),
      summary: `KILL QUERY ${told.pid}`,
    });
    for (const part of ['user: app', 'seq_1_to_10000000', 'server_started_at: 20'])
      expect(words?.preview).toContain(part);
    expect(await tools.act(input)).toMatchObject({
      status: 'ok',
      before: { user: 'app' },
      after: { command: 'Sleep' },
    });
    expect(await ended).toMatch(/interrupted/);
    await connection.query('select 1');
    expect(await tools.act(input)).toMatchObject({
      status: 'refused',
      message: expect.stringContaining('no statement now') as string,
    });
  });

  it('ends a session, and its locks are free', async () => {
    const holder = await mariadb.connect(app, 'shop');
    await holder.query("start transaction; update held set note = 'a'");
    const waits = admin.query("update shop.held set note = 'b'");
    let top: Told | undefined;
    // InnoDB tells of its locks anew when nobody has asked for a tenth of a second.
    await eventually(
      async () => (([top] = ((await tools.diagnose('db', 'locks'))['trees'] ?? []) as Told[]), top !== undefined),
      15_000,
      150,
    );
    const input = {
      action: 'terminate_db_backend',
      target: 'db',
      pid: top?.pid ?? 0,
      started_at: top?.server_started_at ?? '',
    };
    expect(input.pid).toBe(holder.threadId);
    expect((await tools.describeAction(input))?.preview).toContain('rows_modified: 1');
    expect(await tools.act(input)).toMatchObject({ status: 'ok', after: null });
    await waits;
    await expect(holder.query('select 1')).rejects.toThrow();
  });

  it('leaves alone what it did not mean, and says why it cannot', async () => {
    const { told, ended } = await busy();
    const of = (action: string, started_at: string, target = 'db') => ({ action, target, pid: told.pid, started_at });
    const earlier = '2026-01-01T00:00:00Z';
    expect(await tools.act(of('cancel_db_query', earlier))).toMatchObject({ status: 'refused' });
    expect(await tools.act(of('terminate_db_backend', earlier))).toMatchObject({ status: 'refused' });
    expect(await tools.act(of('terminate_db_backend', told.server_started_at, 'weak'))).toMatchObject({
      ...{ status: 'error', message: expect.stringMatching(/not owner|1095|denied/i) as string },
    });
    expect(await tools.act(of('terminate_db_backend', told.server_started_at))).toMatchObject({ status: 'ok' });
    expect(await ended).not.toBe('done');
  });

  it('tells in the test of a source what its login for actions may do', async () => {
    const tested = (name: string) => testDatabase(tools.outbound, tools.source(name), AbortSignal.timeout(10_000));
    expect(await tested('db')).toMatch(/only reads\. The login for actions may end sessions of others\.$/);
    expect(await tested('weak')).toMatch(/may end only sessions of its own\.$/);
  });
});
