import { randomUUID } from 'node:crypto';
import type { AppDto, AppKeyDto, CreatedAppKeyDto } from '@opsagent/contracts';
import { APP_KEY, DifyServer } from './support/dify-server.js';

interface List<T> {
  items: T[];
  total: number;
}

describe('apps and their keys', () => {
  let dify: DifyServer;
  let appId: string;

  beforeAll(async () => {
    dify = await DifyServer.start();
    const { body } = await dify.api<List<AppDto>>('GET', '/api/apps');
    appId = body.items[0]?.id ?? '';
  });

  afterAll(() => dify.close());

  const create = async (name: string, more = {}): Promise<CreatedAppKeyDto> =>
    (await dify.api<CreatedAppKeyDto>('POST', `/api/apps/${appId}/keys`, { name, ...more })).body;
  const list = async (): Promise<List<AppKeyDto>> =>
    (await dify.api<List<AppKeyDto>>('GET', `/api/apps/${appId}/keys`)).body;

  it('starts with one app', async () => {
    const { body } = await dify.api<List<AppDto>>('GET', '/api/apps/');
    expect(body).toEqual({
      items: [
        {
          ...{
            id: appId,
            name: 'OpsAgent',
            description: expect.any(String) as string,
            mode: 'agent-chat',
            llm_config_id: null,
          },
          created_at: expect.any(String) as string,
        },
      ],
      total: 1,
    });
    expect((await dify.api('GET', `/api/apps/${appId}`)).body).toEqual(body.items[0]);
  });

  it('makes a key that is shown once and works at once', async () => {
    const { key, ...rest } = await create('for the bot');
    expect(key).toMatch(/^app-[A-Za-z0-9]{24}$/);
    expect(rest).toMatchObject({ name: 'for the bot', last_four: key.slice(-4), last_used_at: null, expires_at: null });
    expect((await dify.call('GET', '/v1/info', undefined, key)).status).toBe(200);
    const { items } = await list();
    expect(items.find(({ id }) => id === rest.id)?.name).toBe('for the bot');
    expect(JSON.stringify(items)).not.toContain(key);
    const stored = await dify.app.query<{ row: string }>('select app_keys::text as row from app_keys');
    expect(JSON.stringify(stored)).not.toContain(key);
  });

  it('revokes a key at once', async () => {
    const { key, id } = await create('short-lived');
    expect((await dify.call('GET', '/v1/info', undefined, key)).status).toBe(200);
    expect((await dify.api('DELETE', `/api/apps/${appId}/keys/${id}`)).status).toBe(204);
    expect(await dify.call('GET', '/v1/info', undefined, key)).toMatchObject({
      status: 401,
      body: { message: 'Access token is invalid' },
    });
    expect((await dify.api('DELETE', `/api/apps/${appId}/keys/${id}`)).status).toBe(404);
    expect((await list()).items.some((kept) => kept.id === id)).toBe(false);
  });

  it('does not accept a key after its time', async () => {
    const { key } = await create('expired', { expires_at: '2020-01-01T00:00:00Z' });
    expect((await dify.call('GET', '/v1/info', undefined, key)).status).toBe(401);
  });

  it('writes down who made and revoked which key, without the key', async () => {
    const { key, id } = await create('audited');
    await dify.api('DELETE', `/api/apps/${appId}/keys/${id}`);
    const entries = await dify.app.query<{ action: string }>(
      'select * from audit_log where target_id = $1 order by seq',
      [id],
    );
    expect(entries.map(({ action }) => action)).toEqual(['app_key.create', 'app_key.revoke']);
    expect(JSON.stringify(entries)).not.toContain(key);
  });

  it('knows no keys of apps that are none', async () => {
    const path = `/api/apps/${randomUUID()}/keys`;
    expect((await dify.api('GET', path)).status).toBe(404);
    expect((await dify.api('POST', path, { name: 'x' })).status).toBe(404);
    expect((await dify.api('DELETE', `${path}/${randomUUID()}`)).status).toBe(404);
  });

  it('keeps app keys and personal tokens apart', async () => {
    expect((await dify.send('GET', '/api/apps', { authorization: `Bearer ${APP_KEY}` })).status).toBe(401);
    expect((await dify.send('GET', '/v1/info', dify.app.admin.headers)).status).toBe(401);
  });
});

describe('Dify’s wire without authentication', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_AUTH: 'off' });
  });

  afterAll(() => dify.close());

  it.each([undefined, 'Bearer app-unknown', 'Basic x', 'nonsense', `Bearer ${APP_KEY}`])(
    'takes %s for the first app',
    async (authorization) => {
      const { status, body } = await dify.send('GET', '/v1/info', authorization ? { authorization } : {});
      expect(status).toBe(200);
      expect(body).toMatchObject({ name: 'OpsAgent' });
    },
  );

  it.each([
    ['http://localhost:3000', 200],
    ['https://elsewhere.example', 403],
    ['null', 403],
  ])('serves the web page of %s with %i', async (origin, expected) => {
    expect((await dify.send('GET', '/v1/info', { origin })).status).toBe(expected);
  });
});
