import type { AuditListDto } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { APP_KEY } from './support/dify-server.js';
import { startTestApp, type TestApp } from './support/test-app.js';

describe('what was refused', () => {
  let server: TestApp;

  beforeEach(async () => {
    server = await startTestApp({ OPSAGENT_APP_KEY: APP_KEY });
  });

  afterEach(() => server.close());

  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    fetch(server.url + path, { method, headers });
  const refused = async (action: string): Promise<AuditListDto['items']> => {
    const response = await ask(`/api/audit?refused=true&action=${action}`, server.admin.headers);
    return ((await response.json()) as AuditListDto).items;
  };

  it('to somebody without the right to it stands in the log, with who and what', async () => {
    const viewer = await aUser(server, 'viewer');
    const response = await ask(`/api/users/${crypto.randomUUID()}`, viewer.headers);
    expect(response.status).toBe(403);
    const [entry] = await refused('access');
    expect(entry).toMatchObject({
      ...{ action: 'access.refuse', actor_kind: 'user', actor_id: viewer.id, target_type: 'route' },
      ...{ target_name: 'GET /api/users/:id', request_id: response.headers.get('x-request-id') },
      after: { code: 'access/forbidden' },
    });
  });

  it('again and again is one entry a minute, with what was tried', async () => {
    const viewer = await aUser(server, 'viewer');
    for (const path of ['/api/users', '/api/audit', '/api/audit', '/api/master-key']) await ask(path, viewer.headers);
    await ask('/api/users', (await aUser(server, 'operator')).headers);
    expect(await refused('access')).toHaveLength(2);
    await server.app.close();
    const [gathered] = await server.query<{ after: object; actor_id: string }>(
      `select after, actor_id from audit_log where action = 'access.refuse' order by seq desc limit 1`,
    );
    expect(gathered).toEqual({
      actor_id: viewer.id,
      after: { attempts: 3, routes: ['GET /api/audit', 'GET /api/master-key'] },
    });
  });

  it('is a credential of no or another wire, without the credential', async () => {
    await ask('/api/users', { authorization: `Bearer ${APP_KEY}` });
    await ask('/v1/parameters', { authorization: 'Bearer ops-canary-of-the-other-wire' });
    const entries = await refused('access.refuse_credential');
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ actor_kind: 'anonymous', address: '127.0.0.1', target_name: 'GET /api/users' });
    await server.app.close();
    const rows = await server.query<{ row: string }>('select a::text as row from audit_log a');
    expect(rows.at(-1)?.row).toContain('GET /v1/parameters');
    expect(rows.map(({ row }) => row).join()).not.toMatch(new RegExp(`canary|${APP_KEY}`));
  });

  it('is not what nobody asked for with a credential', async () => {
    expect((await ask('/api/users', {})).status).toBe(401);
    expect((await ask('/v1/parameters', {})).status).toBe(401);
    expect(await refused('access')).toEqual([]);
  });
});
