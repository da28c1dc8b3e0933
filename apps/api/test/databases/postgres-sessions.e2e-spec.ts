import type { Client } from 'pg';
import { testDatabase } from '../../src/agent/sources/databases/test-database.js';
import { DatabaseTools } from '../support/database-tools.js';
import { docsSql } from '../support/docs-sql.js';
import { eventually } from '../support/eventually.js';
import { RealPostgres } from '../support/real-postgres.js';

interface Told {
  readonly pid: number;
  readonly session_started_at: string;
  readonly query_started_at: string;
}

describe('ending what sessions of PostgreSQL do', () => {
  let postgres: RealPostgres;
  let admin: Client;
  let tools: DatabaseTools;
  const app = { user: 'app', password: 'works' };

  beforeAll(async () => {
    postgres = await RealPostgres.start();
    admin = await postgres.connect('postgres');
    await admin.query(`create role app login password 'works'; create table held (id int); insert into held values (1);
      grant all on held to app; create role reader login password 'reads'; grant pg_monitor to reader;
      revoke create on schema public from public; create role weak login password 'reads'`);
    await admin.query(docsSql('CREATE ROLE opsagent_actor'));
    const login = {
      kind: 'postgresql',
      port: postgres.port,
      database: 'postgres',
      user: 'reader',
      password: 'reads',
    } as const;
    const actor = { action_username: 'opsagent_actor', action_password: 'choose-another' };
    tools = new DatabaseTools({
      db: { ...login, ...actor },
      reading: login,
      weak: { ...login, action_username: 'weak', action_password: 'reads' },
      wrong: { ...login, ...actor, action_password: 'guessed' },
    });
  }, 60_000);

  afterAll(() => postgres.stop());

  /** A session of the application that runs a statement, as db_diagnose tells it. */
  const busy = async (sql = 'select pg_sleep(60)'): Promise<{ client: Client; told: Told; ended: Promise<string> }> => {
    const client = await postgres.connect('postgres', app);
    const ended = client.query(sql).then(
      () => 'done',
      (error: unknown) => (error as Error).message,
    );
    const pid = (client as unknown as { processID: number }).processID;
    let told: Told | undefined;
    await eventually(async () => {
      const { queries = [] } = await tools.diagnose('db', 'long_queries');
      told = (queries as Told[]).find((query) => query.pid === pid);
      return told !== undefined;
    });
    if (!told) throw new Error('It is not told of.');
    return { client, told, ended };
  };

  it('shows the session as it stands, cancels its statement, and sees it end', async () => {
    const { client, told, ended } = await busy("select pg_sleep(60), 'password=hunter2hunter2'");
    const input = { action: 'cancel_db_query', target: 'db', pid: told.pid, started_at: told.query_started_at };
    const words = await tools.describeAction(input);
    expect(words).toMatchObject({
      target: `db (127.0.0.1:${postgres.port}/postgres)`,
      environment: 'test',
      summary: `select pg_cancel_backend(${told.pid})`,
    });
    for (const part of ['user: app', 'select pg_sleep(60)', `session_started_at: ${told.session_started_at}`]) {
      expect(words?.preview).toContain(part);
    }
    expect(words?.preview).not.toContain('hunter2');
    expect(words?.rollback).toMatch(/^None/);
    const result = await tools.act(input);
    expect(result).toMatchObject({ status: 'ok', before: { user: 'app' }, after: { state: 'idle' } });
    expect(await ended).toMatch(/canceling statement/);
    expect((await client.query('select 1')).rowCount).toBe(1);
  });

  it('ends a session, and its locks are free', async () => {
    const holder = await postgres.connect('postgres', app);
    await holder.query('begin; update held set id = 2');
    const { told, ended } = await busy('update held set id = 3');
    const { trees } = await tools.diagnose('db', 'locks');
    const [top] = trees as Told[];
    const input = {
      action: 'terminate_db_backend',
      target: 'db',
      pid: top?.pid ?? 0,
      started_at: top?.session_started_at ?? '',
    };
    expect((await tools.describeAction(input))?.preview).toMatch(
      new RegExp(`state: idle in transaction[^]*blocks: \\[${told.pid}\\]`),
    );
    expect(await tools.act(input)).toMatchObject({ status: 'ok', after: null, message: 'The session has ended.' });
    expect(await ended).toBe('done');
    expect((await admin.query('select id from held')).rows).toEqual([{ id: 3 }]);
  });

  it('leaves alone what is another session or statement by now, and what is no client', async () => {
    const { client, told, ended } = await busy();
    const of = (action: string, started_at: string, pid = told.pid) => ({ action, target: 'db', pid, started_at });
    const refused = async (input: ReturnType<typeof of>, words: RegExp): Promise<void> => {
      expect((await tools.describeAction(input))?.preview).toMatch(words);
      const { status, message } = await tools.act(input);
      expect([status, message]).toEqual(['refused', expect.stringMatching(words)]);
      expect(message).toContain('Nothing was done.');
    };
    await refused(of('terminate_db_backend', told.query_started_at), /is another one by now: it began at 20/);
    await refused(of('cancel_db_query', told.session_started_at), /runs another statement by now, since 20/);
    await refused(of('terminate_db_backend', told.session_started_at, 1), /There is no session 1\./);
    const { rows } = await admin.query<{ pid: number; at: Date }>(
      "select pid, backend_start as at from pg_stat_activity where backend_type = 'checkpointer'",
    );
    await refused(of('terminate_db_backend', rows[0]?.at.toISOString() ?? '', rows[0]?.pid), /It is no client/);
    await tools.act(of('cancel_db_query', told.query_started_at));
    expect(await ended).toMatch(/canceling statement/);
    await refused(of('cancel_db_query', told.query_started_at), /runs no statement now/);
    expect((await client.query('select 1')).rowCount).toBe(1);
  });

  it('cannot end a superuser by the login of the documents', async () => {
    const client = await postgres.connect('postgres');
    const sleeping = client.query('select pg_sleep(1)');
    const pid = (client as unknown as { processID: number }).processID;
    const { rows } = await admin.query<{ at: string }>(
      `select to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') as at from pg_stat_activity where pid = ${pid}`,
    );
    const input = { action: 'terminate_db_backend', target: 'db', pid, started_at: rows[0]?.at ?? '' };
    expect(await tools.act(input)).toMatchObject({
      status: 'error',
      message: expect.stringContaining('permission denied') as string,
    });
    await sleeping;
  });

  it('says why it cannot', async () => {
    const input = { action: 'terminate_db_backend', pid: 12, started_at: '2026-01-01T00:00:00Z' };
    await expect(tools.describeAction({ ...input, target: 'reading' })).rejects.toThrow(/has no login for actions/);
    expect(await tools.act({ ...input, target: 'reading' })).toMatchObject({ status: 'error' });
    await expect(tools.describeAction({ ...input, target: 'nothing' })).rejects.toThrow(/no source named/);
    await expect(tools.describeAction({ ...input, target: 'db', started_at: 'today' })).rejects.toThrow(
      /started_at must be/,
    );
    await expect(tools.describeAction({ ...input, target: 'db', service: 'web' })).rejects.toThrow(/no meaning/);
    expect((await tools.describeAction({ ...input, target: 'wrong' }))?.preview).toMatch(
      /could not be looked at: .*password/,
    );
    const { told, ended } = await busy();
    const ofAnother = { ...input, target: 'weak', pid: told.pid, started_at: told.session_started_at };
    expect(await tools.act(ofAnother)).toMatchObject({
      status: 'refused',
      message: expect.stringContaining('grant it') as string,
    });
    await tools.act({ ...ofAnother, target: 'db' });
    expect(await ended).toMatch(/terminat/i);
  });

  it('tells in the test of a source what its login for actions may do', async () => {
    const tested = (name: string) => testDatabase(tools.outbound, tools.source(name), AbortSignal.timeout(10_000));
    expect(await tested('db')).toMatch(/only reads\. The login for actions may end sessions of others\.$/);
    expect(await tested('weak')).toMatch(/may end only sessions of its own\.$/);
  });
});
