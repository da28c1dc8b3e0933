import type { LlmConfigDto, MasterKeyDto, ProblemDto } from '@opsagent/contracts';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '../src/platform/config/workspace-root.js';
import { eventually } from './support/eventually.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp, type TestSettings } from './support/test-app.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';

const [OLD, NEW] = ['01'.repeat(32), '02'.repeat(32)];

describe('the master key', () => {
  let database: TestDatabase;
  const running: TestApp[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
  });

  afterEach(async () => {
    await endAll();
    await database.drop();
  });

  const start = async (settings: TestSettings = {}): Promise<TestApp> => {
    const app = await startTestApp(settings, database);
    running.push(app);
    return app;
  };
  const endAll = async (): Promise<void> => {
    for (const app of running.splice(0)) await app.close();
  };
  const call = async <T = MasterKeyDto>(app: TestApp, method: string, path = ''): Promise<T> =>
    (await (await fetch(`${app.url}/api/master-key${path}`, { method, headers: app.admin.headers })).json()) as T;
  const overAt = (app: TestApp) =>
    eventually(async () => {
      const { remaining, is_rotating } = await call(app, 'GET');
      return remaining === 0 && !is_rotating;
    });
  const create = async (app: TestApp, count: number): Promise<LlmConfigDto[]> => {
    const client = new LlmConfigClient(app);
    const made: LlmConfigDto[] = [];
    for (let index = 0; index < count; index += 1)
      made.push(await client.create({ api_key: `sk-rotated-000${index}` }));
    return made;
  };
  const keyIds = (app: TestApp): Promise<{ id: string }[]> =>
    app.query(`select distinct split_part(api_key, ':', 2) id from (
      select api_key from llm_configs union all select api_key from llm_config_revisions) all_keys where api_key is not null`);

  it('is made anew in the data folder, and every stored key is sealed with it while the server serves', async () => {
    const app = await start();
    const before = await create(app, 5);
    const file = join(database.open.dataDir, 'master.key');
    const first = readFileSync(file, 'utf8');
    const { key_id } = await call(app, 'GET');
    expect(await call(app, 'GET')).toMatchObject({ kept_in: 'file', sealed: 11, remaining: 0, is_rotating: false });

    expect((await call(app, 'POST', '/rotation')).key_id).not.toBe(key_id);
    await overAt(app);
    const after = await call(app, 'GET');
    expect(after).toMatchObject({ sealed: 11, remaining: 0, unreadable: 0 });
    expect(await keyIds(app)).toEqual([{ id: after.key_id }]);
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(readFileSync(file, 'utf8')).not.toBe(first);
    // The same keys: nobody who edits one of them is told that it changed.
    for (const config of before) expect(await new LlmConfigClient(app).get(config.id)).toEqual(config);
    const [entry] = await app.query(
      `select actor_name, before, after from audit_log where action = 'master_key.rotate'`,
    );
    expect(entry).toMatchObject({ before: { key_id }, after: { key_id: after.key_id } });

    await endAll();
    const again = await start();
    for (const config of before) expect(await new LlmConfigClient(again).get(config.id)).toEqual(config);
  });

  it('of the environment goes over at every process at once, after each has been given both', async () => {
    const alone = await start({ OPSAGENT_MASTER_KEY: OLD });
    const [config] = await create(alone, 3);
    const refused = await call<ProblemDto>(alone, 'POST', '/rotation');
    expect(refused).toMatchObject({ status: 409, code: 'master-key/no-new-key' });
    await endAll();

    const both = { OPSAGENT_MASTER_KEY: NEW, OPSAGENT_MASTER_KEY_PREVIOUS: OLD };
    const [here, there] = [await start(both), await start(both)];
    const { key_id } = await call(here, 'POST', '/rotation');
    await overAt(here);
    await eventually(async () => (await call(there, 'GET')).key_id === key_id);
    expect((await new LlmConfigClient(there).get(config?.id ?? '')).api_key_masked).toBe(config?.api_key_masked);
    await create(there, 2);
    expect(await keyIds(here)).toEqual([{ id: key_id }]);

    await endAll();
    const after = await start({ OPSAGENT_MASTER_KEY: NEW });
    expect(await call(after, 'GET')).toMatchObject({ key_id, kept_in: 'environment', sealed: 11, unreadable: 0 });
  });

  it('goes on at the next start with what an ended process left, and leaves alone what cannot be opened', async () => {
    const app = await start({ OPSAGENT_MASTER_KEY: OLD });
    const [damaged] = await create(app, 4);
    const old = await call(app, 'GET');
    await endAll();
    const both = { OPSAGENT_MASTER_KEY: NEW, OPSAGENT_MASTER_KEY_PREVIOUS: OLD };
    const rotating = await start(both);
    const rotated = await call(rotating, 'POST', '/rotation');
    await overAt(rotating);
    await rotating.query(`update llm_configs set api_key = 'v1:' || $2 || ':AAAA:AAAA:AAAA' where id = $1`, [
      damaged?.id,
      old.key_id,
    ]);
    await endAll();

    const next = await start(both);
    await eventually(async () => !(await call(next, 'GET')).is_rotating);
    expect(await call(next, 'GET')).toMatchObject({ key_id: rotated.key_id, sealed: 8, remaining: 1 });
    expect(await new LlmConfigClient(next).get(damaged?.id ?? '')).toMatchObject({ api_key_masked: null });
  });

  it('is changed by a command that follows it to its end', async () => {
    const app = await start();
    await create(app, 2);
    const { key_id } = await call(app, 'GET');
    const args = ['tools/rotate-key.ts', '--url', app.url, '--token', app.admin.headers.authorization.slice(7)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: workspaceRoot() });
    expect(stdout).toMatch(new RegExp(`^Master key ${key_id} → .*, kept in the data folder\\n`));
    expect(stdout).toMatch(/\n0 secrets remain on an earlier key, 5 are sealed with the new one\n$/);
    const wrong = promisify(execFile)(process.execPath, [...args.slice(0, -1), 'no-token'], { cwd: workspaceRoot() });
    await expect(wrong).rejects.toMatchObject({ code: 1 });
  });
});
