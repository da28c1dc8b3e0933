import { randomUUID } from 'node:crypto';
import { DifyServer } from './support/dify-server.js';

interface Item extends Record<string, unknown> {
  id: string;
  name: string;
  query: string;
}

interface Page {
  limit: number;
  has_more: boolean;
  data: Item[];
}

describe('conversations on Dify’s wire', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: 'chat' });
  });

  afterAll(() => dify.close());

  const page = async (path: string): Promise<Page> => (await dify.call<Page>('GET', path)).body;
  const open = async (query: string, user: string): Promise<string> =>
    String((await dify.ask('sim-echo', query, { user })).body['conversation_id']);

  it('lists them newest activity first and pages forward from the last', async () => {
    const ids: string[] = [];
    for (const query of ['a', 'b', 'c']) ids.push(await open(query, 'lister'));
    await dify.ask('sim-echo', 'again', { user: 'lister', conversation_id: ids[0] });
    const first = await page('/v1/conversations?user=lister&limit=2');
    expect(first).toMatchObject({ limit: 2, has_more: true, data: [{ name: 'a' }, { name: 'c' }] });
    const second = await page(
      `/v1/conversations?user=lister&limit=2&last_id=${String(first.data[1]?.id)}&first_id=&pinned=false`,
    );
    expect(second).toMatchObject({ limit: 2, has_more: false, data: [{ name: 'b' }] });
    expect(first.data[0]).toEqual({
      ...{ id: ids[0], name: 'a', inputs: {}, status: 'normal', introduction: '' },
      ...{ created_at: expect.any(Number) as number, updated_at: expect.any(Number) as number },
    });
    const oldest = await page('/v1/conversations?user=lister&sort_by=created_at&last_id=');
    expect(oldest.data.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(await page('/v1/conversations?user=nobody')).toEqual({ limit: 20, has_more: false, data: [] });
  });

  it('refuses pages that cannot be', async () => {
    const refusals = await Promise.all(
      ['limit=0', 'limit=101', 'limit=x', 'sort_by=name', 'last_id=abc'].map((query) =>
        dify.call('GET', `/v1/conversations?${query}`),
      ),
    );
    for (const refusal of refusals) expect(refusal).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
    expect((await dify.call('GET', `/v1/conversations?last_id=${randomUUID()}`)).body).toEqual({
      ...{ code: 'not_found', message: 'Last Conversation Not Exists.', status: 404 },
    });
  });

  it('pages messages backward, oldest first inside the page', async () => {
    const id = await open('1', 'reader');
    for (const query of ['2', '3', '4', '5'])
      await dify.ask('sim-echo', query, { user: 'reader', conversation_id: id });
    const path = `/v1/messages?user=reader&conversation_id=${id}`;
    const newest = await page(`${path}&limit=2`);
    expect(newest).toMatchObject({ limit: 2, has_more: true, data: [{ query: '4' }, { query: '5' }] });
    const before = await page(`${path}&limit=3&first_id=${String(newest.data[0]?.id)}`);
    expect(before).toMatchObject({ limit: 3, has_more: false, data: [{ query: '1' }, { query: '2' }, { query: '3' }] });
    expect(before.data[0]).toEqual({
      ...{ id: before.data[0]?.id, conversation_id: id, parent_message_id: '00000000-0000-0000-0000-000000000000' },
      ...{
        inputs: {},
        query: '1',
        answer: '1',
        feedback: null,
        retriever_resources: [],
        agent_thoughts: [],
        message_files: [],
      },
      ...{ status: 'normal', error: null, extra_contents: [], total_price: null, currency: null },
      ...{ created_at: expect.any(Number) as number, provider_response_latency: expect.any(Number) as number },
      ...{
        message_tokens: expect.any(Number) as number,
        answer_tokens: expect.any(Number) as number,
        total_tokens: expect.any(Number) as number,
      },
    });
    expect((await dify.call('GET', `${path}&first_id=${randomUUID()}`)).body).toEqual({
      ...{ code: 'not_found', message: 'First Message Not Exists.', status: 404 },
    });
  });

  it('answers an empty conversation id with an empty page', async () => {
    expect(await page('/v1/messages?user=u&conversation_id=')).toEqual({ limit: 20, has_more: false, data: [] });
    expect((await dify.call('GET', '/v1/messages?user=u')).status).toBe(400);
    expect((await dify.call('GET', '/v1/messages?user=u&conversation_id=abc')).status).toBe(400);
  });

  it('renames, which moves to the top; finds a title, which does not', async () => {
    const id = await open(`  Why is\nthe disk of db1 full again, and who filled it up?${'!'.repeat(20)}`, 'namer');
    const later = await open('later', 'namer');
    const title = await dify.call<Item>('POST', `/v1/conversations/${id}/name`, {
      auto_generate: true,
      name: 'ignored',
      user: 'namer',
    });
    expect(title).toMatchObject({
      status: 200,
      // This model says what it is told.
      body: { id, name: `User: Why is the disk of db1 full again, and who filled it up?${'!'.repeat(75 - 62)}...` },
    });
    expect((await page('/v1/conversations?user=namer')).data.map((item) => item.id)).toEqual([later, id]);
    const renamed = await dify.call<Item>('POST', `/v1/conversations/${id}/name`, {
      name: ' Disk 磁盘 ',
      user: 'namer',
    });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Disk 磁盘' } });
    expect((await page('/v1/conversations?user=namer')).data.map((item) => item.name)).toEqual(['Disk 磁盘', 'later']);
    for (const name of [undefined, '', '  ', 7, 'x'.repeat(256)]) {
      const refusal = await dify.call('POST', `/v1/conversations/${id}/name`, { name, user: 'namer' });
      expect(refusal).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
    }
  });

  it('deletes for good', async () => {
    const id = await open('x', 'deleter');
    const path = `/v1/conversations/${id.toUpperCase()}`;
    const { status, headers } = await dify.call('DELETE', path, { user: 'deleter' });
    expect(status).toBe(204);
    expect(headers.get('content-type')).toBeNull();
    expect((await dify.call('DELETE', path, { user: 'deleter' })).status).toBe(404);
    expect((await page('/v1/conversations?user=deleter')).data).toEqual([]);
    expect((await dify.call('GET', `/v1/messages?user=deleter&conversation_id=${id}`)).status).toBe(404);
    expect((await dify.ask('sim-echo', 'y', { user: 'deleter', conversation_id: id })).status).toBe(404);
  });

  it('speaks for the anonymous user when nobody is named, and for numbers by their digits', async () => {
    const anonymous = await open('x', 'DEFAULT-USER');
    expect((await page('/v1/conversations')).data.map(({ id }) => id)).toEqual([anonymous]);
    await dify.ask('sim-echo', 'number', { user: 42 });
    expect((await page('/v1/conversations?user=42')).data).toMatchObject([{ name: 'number' }]);
  });

  it('describes the app', async () => {
    expect((await dify.call('GET', '/v1/info?user=x')).body).toEqual({
      ...{ name: 'OpsAgent', description: expect.any(String) as string, tags: [], mode: 'chat', author_name: null },
    });
    expect((await dify.call('GET', '/v1/meta')).body).toEqual({ tool_icons: {} });
    expect((await dify.call('GET', '/v1/site')).body).toMatchObject({
      title: 'OpsAgent',
      icon_type: 'emoji',
      default_language: 'en-US',
    });
    const { body } = await dify.call('GET', '/v1/parameters?user=x');
    for (const feature of [
      'speech_to_text',
      'text_to_speech',
      'retriever_resource',
      'annotation_reply',
      'more_like_this',
      'sensitive_word_avoidance',
    ]) {
      expect(body).toHaveProperty([feature, 'enabled'], false);
    }
    expect(body).toMatchObject({
      suggested_questions_after_answer: { enabled: true },
      opening_statement: null,
      suggested_questions: [],
      user_input_form: [],
      file_upload: { enabled: false },
    });
    expect(body['system_parameters']).toEqual({
      ...{ image_file_size_limit: 10, video_file_size_limit: 100, audio_file_size_limit: 50 },
      ...{ file_size_limit: 15, workflow_file_upload_limit: 10 },
    });
  });

  it('welcomes without a key', async () => {
    for (const path of ['/v1/', '/v1']) {
      const { body } = await dify.send('GET', path, {});
      expect(body).toEqual({ welcome: 'Dify OpenAPI', api_version: 'v1', server_version: '1.13.3' });
    }
  });

  it('does not mind a content type on a call without a body', async () => {
    const headers = { authorization: 'Bearer app-TestTestTestTestTestTest', 'content-type': 'application/json' };
    expect((await dify.send('GET', '/v1/parameters/', headers)).status).toBe(200);
  });
});
