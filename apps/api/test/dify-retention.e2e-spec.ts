import { jest } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RetentionKeeper } from '../src/dify/retention/retention-keeper.js';
import { Clock } from '../src/platform/clock/clock.js';
import { DataFolder } from '../src/platform/database/data-folder.js';
import { Database } from '../src/platform/database/database.js';
import { APP_KEY, DifyServer, eventsOf } from './support/dify-server.js';

type Json = Record<string, unknown>;

const DAY_MS = 86_400_000;
const TAKEN = {
  ...{ enabled: true, allowed_file_types: ['document'], allowed_file_extensions: [], number_limits: 3 },
  allowed_file_upload_methods: ['local_file'],
};

describe('conversations of an app that keeps them for a while', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_FILE_STORAGE: 'disk' });
    const { body } = await dify.api<{ items: { id: string }[] }>('GET', '/api/apps');
    const settings = { retention_days: 30, file_upload: TAKEN };
    await dify.api('PATCH', `/api/apps/${String(body.items[0]?.id)}`, settings);
  });

  afterAll(() => dify.close());

  const of = <T>(token: abstract new (...values: never[]) => T): T => dify.app.app.get<T>(token, { strict: false });
  /** One round of clearing away, that many days from now. */
  const purgeAfter = async (days: number): Promise<void> => {
    const then = new Date(Date.now() + days * DAY_MS);
    const clock = jest.spyOn(of(Clock), 'now').mockReturnValue(then);
    try {
      await of(RetentionKeeper).purge();
    } finally {
      clock.mockRestore();
    }
  };
  const asked = async (more: Json = {}): Promise<string> =>
    String((await dify.ask('sim-text', 'x', more)).body['conversation_id']);
  const listed = async (): Promise<unknown[]> =>
    (await dify.call<{ data: Json[] }>('GET', '/v1/conversations?user=tester')).body.data.map(({ id }) => id);
  const counted = async (): Promise<Json | undefined> =>
    (
      await dify.app.query<Json>(
        `select (select count(*)::int from messages) as messages, (select count(*)::int from files) as files,
                (select count(*)::int from message_feedbacks) as feedbacks, (select count(*)::int from agent_steps) as steps`,
      )
    )[0];
  const told = async (): Promise<Json[]> =>
    (await dify.api<{ items: Json[] }>('GET', '/api/audit?action=app.purge_conversations')).body.items;

  it('are deleted with all they hold, once nobody has used them for that long', async () => {
    const form = new FormData();
    form.append('file', new Blob(['old'], { type: 'text/plain' }), 'old.txt');
    form.append('user', 'tester');
    const headers = { authorization: `Bearer ${APP_KEY}` };
    const sent = await fetch(`${dify.app.url}/v1/files/upload`, { method: 'POST', headers, body: form });
    const { id } = (await sent.json()) as Json;
    const files = [{ type: 'document', transfer_method: 'local_file', upload_file_id: id }];
    const { body } = await dify.ask('sim-tool-once', 'x', { files });
    await dify.call('POST', `/v1/messages/${String(body['message_id'])}/feedbacks`, { rating: 'like', user: 'tester' });
    const ids = [await asked(), String(body['conversation_id'])];

    await purgeAfter(29);
    expect(await listed()).toEqual(ids);
    expect(await counted()).toMatchObject({ messages: 2, files: 1, feedbacks: 1, steps: 1 });
    expect(await told()).toEqual([]);

    await purgeAfter(31);
    expect(await listed()).toEqual([]);
    expect(await counted()).toEqual({ messages: 0, files: 0, feedbacks: 0, steps: 0 });
    expect(await readdir(join(of(DataFolder).path, 'files'))).toEqual([]);
    expect(await told()).toMatchObject([
      { actor_kind: 'system', target_type: 'app', target_name: 'OpsAgent', after: { retention_days: 30, deleted: 2 } },
    ]);
    await purgeAfter(31);
    expect(await told()).toHaveLength(1);
  });

  it('go in batches, however many there are, and others stay', async () => {
    const { body: other } = await dify.api('POST', '/api/apps', { name: 'For ever' });
    const { body: key } = await dify.api('POST', `/api/apps/${String(other['id'])}/keys`, { name: 'k' });
    const model_config_id = await dify.config('sim-text');
    const question = { query: 'x', inputs: {}, user: 'tester', model_config_id, auto_generate_name: false };
    await dify.call('POST', '/v1/chat-messages', question, String(key['key']));
    await dify.app.query(
      `insert into user_sessions (id, app_id, end_user_id, channel, updated_at)
       select gen_random_uuid(), app_id, end_user_id, 'dify', now()
         from user_sessions, generate_series(1, 250) where app_id = $1 limit 250`,
      [other['id']],
    );
    const kept = 'select count(*)::int as count from user_sessions where app_id = $1';
    expect(await dify.app.query(kept, [other['id']])).toEqual([{ count: 251 }]);
    await purgeAfter(10_000);
    expect(await dify.app.query(kept, [other['id']])).toEqual([{ count: 251 }]);
    await dify.api('PATCH', `/api/apps/${String(other['id'])}`, { retention_days: 1 });
    await purgeAfter(2);
    expect(await dify.app.query(kept, [other['id']])).toEqual([{ count: 0 }]);
    expect(await told()).toMatchObject([{ target_name: 'For ever', after: { deleted: 251 } }, {}]);
  });

  it('stay while they are answered in or pinned', async () => {
    const leaving = new AbortController();
    const response = await dify.open('sim-stall', 'x', {}, leaving.signal);
    const answering = String((await eventsOf(response).next()).value?.['conversation_id']);
    const pinned = await asked();
    await dify.app.query('update user_sessions set pinned_at = now() where id = $1', [pinned]);
    await purgeAfter(31);
    expect(new Set(await listed())).toEqual(new Set([answering, pinned]));
    leaving.abort();
  });

  it('are cleared away by one process at a time', async () => {
    const id = await asked();
    await of(Database).unlessElsewhere('retention', async () => {
      await purgeAfter(31);
      expect(await listed()).toContain(id);
    });
    await purgeAfter(31);
    expect(await listed()).not.toContain(id);
  });
});
