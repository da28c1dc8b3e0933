import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { runSql } from '../../../test/support/test-server.js';
import { ENTITIES, MIGRATIONS } from '../../schema.js';
import type { ConnectionFacts } from './open-database.js';
import { type PreparedDatabase, prepareDatabase } from './prepare-database.js';
import { underRole } from './server-role.js';

const SCHEMA = { entities: ENTITIES, migrations: MIGRATIONS };
const NOT_ALLOWED = '42501';

describe('the rights the server works with', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase('empty');
  });

  afterEach(() => database.drop());

  const codeOf = async ({ options }: Pick<PreparedDatabase, 'options'>, statement: string): Promise<string> => {
    const client = new Client(options);
    await client.connect();
    try {
      await client.query(statement);
      return 'done';
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await client.end();
    }
  };

  /** A login of its own that owns the database, which may make roles or not. */
  const as = async (right: string, work: (facts: ConnectionFacts) => Promise<void>): Promise<void> => {
    const { options } = database.open;
    const login = `opsagent_login_${randomBytes(4).toString('hex')}`;
    await runSql(options, `create role ${login} login ${right} password 'x'`);
    await runSql(options, `alter database ${options.database} owner to ${login}`);
    try {
      await work({ ...options, user: login, password: 'x' });
    } finally {
      await runSql(options, `alter database ${options.database} owner to current_user`);
      await runSql(options, `reassign owned by ${login} to current_user`, `drop owned by ${login}`);
      await runSql(options, `drop role ${login}`);
    }
  };

  it('let it read and write rows, add to the audit log, and change nothing of what is there', async () => {
    const prepared = await prepareDatabase(database.open, SCHEMA);
    expect(prepared.role).toMatch(/^opsagent_server_\d+$/);
    for (const statement of [
      'select * from audit_log',
      `insert into audit_log (seq, actor_kind, action, target_type) values (1, 'system', 'x.y', 'x')`,
      'update users set email = email',
      'delete from settings',
    ])
      expect([statement, await codeOf(prepared, statement)]).toEqual([statement, 'done']);
    for (const statement of [
      `update audit_log set action = 'x.z'`,
      'delete from audit_log',
      'truncate audit_log',
      'alter table audit_log disable trigger user',
      'truncate users',
      'drop table users',
      'alter table users add column x text',
      'create table x (x text)',
      'create function f() returns int language sql as $$ select 1 $$',
      `delete from migrations`,
      'create role x',
      `copy users to program 'cat'`,
    ])
      expect([statement, await codeOf(prepared, statement)]).toEqual([statement, NOT_ALLOWED]);
    // The owner is kept from it by the trigger.
    for (const statement of ['delete from audit_log', `update audit_log set action = 'x.z'`, 'truncate audit_log'])
      expect([statement, await codeOf(database.open, statement)]).toEqual([statement, 'P0001']);
  });

  it('are the same when it starts again, and when several start at once', async () => {
    const all = await Promise.all([1, 2, 3].map(() => prepareDatabase(database.open, SCHEMA)));
    expect(new Set(all.map(({ role }) => role)).size).toBe(1);
    expect((await prepareDatabase(database.open, SCHEMA)).role).toBe(all[0]?.role);
  });

  it('are as few where the login may make roles and is no superuser', () =>
    as('createrole', async (options) => {
      const prepared = await prepareDatabase({ ...database.open, options }, SCHEMA);
      expect(prepared.role).toMatch(/^opsagent_server_\d+$/);
      expect(await codeOf(prepared, 'select * from llm_configs')).toBe('done');
      expect(await codeOf(prepared, 'drop table llm_configs')).toBe(NOT_ALLOWED);
      await runSql(database.open.options, `drop owned by ${prepared.role}`);
    }));

  it('are those of the login where it may make no roles', () =>
    as('nocreaterole', async (options) => {
      const prepared = await prepareDatabase({ ...database.open, options }, SCHEMA);
      expect(prepared).toMatchObject({ role: null, options });
      expect(await codeOf(prepared, 'select * from llm_configs')).toBe('done');
    }));

  it('go with an address, whatever else it says', () => {
    const under = (connectionString: string) => underRole({ connectionString }, 'r').connectionString;
    expect(under('postgres://a:b@h/d')).toBe('postgres://a:b@h/d?options=-c+role%3Dr');
    expect(under('postgres:///d?host=/run/pg&options=-c%20x%3D1')).toBe(
      'postgres:///d?host=%2Frun%2Fpg&options=-c+x%3D1+-c+role%3Dr',
    );
  });
});
