import { StartupNotes } from '../src/platform/config/startup-notes.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';
import { ADMIN, startTestApp, type TestApp, type TestSettings } from './support/test-app.js';

const NO_ADMIN = {
  OPSAGENT_ADMIN_EMAIL: undefined,
  OPSAGENT_ADMIN_PASSWORD: undefined,
  OPSAGENT_ADMIN_TOKEN: undefined,
};
const NEW_ADMIN = { email: 'first@example.org', password: 'twelve or more' };

describe('setting up', () => {
  let database: TestDatabase;
  let started: TestApp[];

  beforeEach(async () => {
    database = await createTestDatabase();
    started = [];
  });

  afterEach(async () => {
    await Promise.all(started.map((server) => server.close()));
    await database.drop();
  });

  const start = async (settings: TestSettings): Promise<TestApp> => {
    const server = await startTestApp(settings, database);
    started.push(server);
    return server;
  };
  const notesOf = (server: TestApp): string => server.app.get(StartupNotes).lines.join('\n');
  const codeOf = (server: TestApp): string => /one-time code ([A-Z2-9-]{14})/.exec(notesOf(server))?.[1] ?? 'none';
  const post = (server: TestApp, path: string, body: object): Promise<Response> =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const login = async (server: TestApp, email: string, password: string): Promise<number> =>
    (await post(server, '/api/auth/login', { email, password })).status;

  it('by the environment happens once: other values later change nothing, and that is said', async () => {
    expect(notesOf(await start({}))).not.toContain('changed nothing');
    const other = { OPSAGENT_ADMIN_EMAIL: 'other@example.org', OPSAGENT_ADMIN_PASSWORD: 'another password' };
    const again = await start(other);
    expect(notesOf(again)).toContain('OPSAGENT_ADMIN_EMAIL and OPSAGENT_ADMIN_PASSWORD changed nothing');
    expect(notesOf(again)).not.toContain('other@example.org');
    expect(await login(again, 'other@example.org', 'another password')).toBe(401);
    const newPassword = await start({ OPSAGENT_ADMIN_PASSWORD: 'another password' });
    expect(notesOf(newPassword)).toContain('changed nothing');
    expect(await login(newPassword, ADMIN.email, 'another password')).toBe(401);
    expect(await login(newPassword, ADMIN.email, ADMIN.password)).toBe(200);
    const setup = { code: 'AAAA-AAAA-AAAA', ...NEW_ADMIN };
    expect((await post(newPassword, '/api/setup', setup)).status).toBe(409);
  });

  it('by the environment never raises a user who is no administrator', async () => {
    const server = await start(NO_ADMIN);
    await server.query("insert into users (email, role) values ($1, 'viewer')", [ADMIN.email]);
    await expect(start({})).rejects.toThrow('OPSAGENT_ADMIN_EMAIL is the address of a user who is no administrator');
  });

  it('makes one administrator when processes with different values start at once', async () => {
    const settings = ['a', 'b', 'c'].map((name) => ({ OPSAGENT_ADMIN_EMAIL: `${name}@example.org` }));
    const servers = await Promise.all(settings.map((one) => start({ ...one, OPSAGENT_ADMIN_TOKEN: undefined })));
    const made = await servers[0]?.query<{ email: string }>('select email from users');
    expect(made).toHaveLength(1);
    expect(servers.filter((server) => notesOf(server).includes('changed nothing'))).toHaveLength(2);
  });

  it('takes no code of an earlier start, and none twice', async () => {
    const earlier = codeOf(await start(NO_ADMIN));
    const server = await start(NO_ADMIN);
    expect((await post(server, '/api/setup', { code: earlier, ...NEW_ADMIN })).status).toBe(403);
    const code = codeOf(server);
    expect((await post(server, '/api/setup', { code, ...NEW_ADMIN })).status).toBe(201);
    const again = await post(server, '/api/setup', { code, email: 'second@example.org', password: NEW_ADMIN.password });
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([409, 'identity/setup-done']);
  });

  it('makes whoever guesses codes wait, on every process', async () => {
    const servers = [await start(NO_ADMIN), await start(NO_ADMIN)] as const;
    const guesses = Array.from({ length: 110 }, (_, at) =>
      post(at % 2 ? servers[0] : servers[1], '/api/setup', { code: 'AAAA-AAAA-AAAA', ...NEW_ADMIN }),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 403)).toHaveLength(100);
    const refused = await post(servers[0], '/api/setup', { code: codeOf(servers[0]), ...NEW_ADMIN });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
