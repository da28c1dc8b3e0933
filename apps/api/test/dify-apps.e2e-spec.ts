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
    expect(body.total).toBe(1);
    expect(body.items[0]).toMatchObject({ name: 'OpsAgent', mode: 'agent-chat', llm_config_id: null, tools: null });
    expect(body.items[0]).toMatchObject({ is_first: true, is_enabled: true, input_form: [], retention_days: null });
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

  describe('made by an administrator', () => {
    const make = async (more: object = {}): Promise<AppDto> =>
      (await dify.api<AppDto>('POST', '/api/apps', { name: 'Desk', ...more })).body;
    const keyOf = async (id: string): Promise<CreatedAppKeyDto> =>
      (await dify.api<CreatedAppKeyDto>('POST', `/api/apps/${id}/keys`, { name: 'a client' })).body;

    it('tell their clients what they are and offer, at once after a change', async () => {
      const app = await make({ mode: 'chat', description: 'Helps', icon: '🛠', icon_background: '#102030' });
      const { key } = await keyOf(app.id);
      expect((await dify.call('GET', '/v1/info', undefined, key)).body).toMatchObject({ name: 'Desk', mode: 'chat' });
      expect((await dify.call('GET', '/v1/site', undefined, key)).body).toMatchObject({
        ...{ icon: '🛠', icon_background: '#102030' },
      });
      await dify.api('PATCH', `/api/apps/${app.id}`, {
        ...{ opening_statement: 'Good day', suggested_questions: ['How full is the disk?'] },
        input_form: [
          { type: 'select', label: 'Host', variable: 'host', required: true, default: 'db1', options: ['db1', 'db2'] },
        ],
      });
      const { body } = await dify.call('GET', '/v1/parameters', undefined, key);
      expect(body).toMatchObject({
        ...{ opening_statement: 'Good day', suggested_questions: ['How full is the disk?'] },
        user_input_form: [
          {
            select: {
              ...{ label: 'Host', variable: 'host', required: true, default: 'db1', options: ['db1', 'db2'] },
            },
          },
        ],
      });
    });

    it('refuse what cannot be, field by field, and keep nothing of it', async () => {
      const { body } = await dify.api<{ errors: { field: string }[] }>('POST', '/api/apps', {
        name: 'Wrong',
        llm_config_id: randomUUID(),
        tools: ['rm_everything'],
        suggested_questions: [' '],
        input_form: [{ type: 'select', label: 'Host', variable: 'host', required: true }],
      });
      expect(body.errors.map(({ field }) => field)).toEqual([
        ...['llm_config_id', 'tools', 'input_form.0', 'suggested_questions'],
      ]);
      expect((await dify.api<List<AppDto>>('GET', '/api/apps')).body.items.map(({ name }) => name)).not.toContain(
        'Wrong',
      );
    });

    it('are deleted with their keys, come back with them, and the first one stays', async () => {
      const app = await make();
      const { key } = await keyOf(app.id);
      expect((await dify.api('DELETE', `/api/apps/${app.id}`)).status).toBe(204);
      expect((await dify.call('GET', '/v1/info', undefined, key)).status).toBe(403);
      expect((await dify.api('GET', `/api/apps/${app.id}`)).status).toBe(404);
      expect((await dify.api('POST', `/api/apps/${app.id}/restore`)).status).toBe(200);
      expect((await dify.call('GET', '/v1/info', undefined, key)).status).toBe(200);
      expect((await dify.api('DELETE', `/api/apps/${appId}`)).status).toBe(409);
    });

    it('are not overwritten in silence', async () => {
      const app = await make();
      await dify.api('PATCH', `/api/apps/${app.id}`, { description: 'first' });
      const headers = { ...dify.app.admin.headers, 'if-match': `"${app.updated_at}"` };
      const late = await dify.send<{ current: AppDto }>('PATCH', `/api/apps/${app.id}`, headers, {
        description: 'late',
      });
      expect([late.status, late.body.current.description]).toEqual([409, 'first']);
    });

    it('have keys that are rotated: both work for a while', async () => {
      const app = await make();
      const old = await keyOf(app.id);
      const path = `/api/apps/${app.id}/keys/${old.id}/rotate`;
      const fresh = (await dify.api<CreatedAppKeyDto>('POST', path, { overlap_hours: 1 })).body;
      for (const { key } of [old, fresh]) expect((await dify.call('GET', '/v1/info', undefined, key)).status).toBe(200);
      const second = (
        await dify.api<CreatedAppKeyDto>('POST', `/api/apps/${app.id}/keys/${fresh.id}/rotate`, {
          overlap_hours: 0,
        })
      ).body;
      expect((await dify.call('GET', '/v1/info', undefined, fresh.key)).status).toBe(401);
      expect((await dify.call('GET', '/v1/info', undefined, second.key)).status).toBe(200);
    });
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
