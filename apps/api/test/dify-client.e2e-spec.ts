import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AppDto } from '@opsagent/contracts';
import { ChatClient, CompletionClient, DifyClient } from 'dify-client';
import { APP_KEY, DifyServer, answerIn, eventsIn, eventsOf } from './support/dify-server.js';

type Json = Record<string, unknown>;

interface Axios<T = Json> {
  status: number;
  data: T;
}

/** What the client's types leave out. */
interface Whole {
  runWorkflow(inputs: Json, user: string, stream?: boolean): Promise<Axios>;
  renameConversation(id: string, name: string | undefined, user: string, autoGenerate?: boolean): Promise<Axios>;
  messageFeedback(id: string, rating: string | null, user: string): Promise<Axios>;
  createChatMessage(
    ...args: [inputs: Json, query: string, user: string, stream?: boolean, conversation?: string | null, files?: Json[]]
  ): Promise<Axios>;
}

const QUESTION = '你好 "world"\n👩‍💻';
const FILES = {
  ...{ enabled: true, allowed_file_types: ['image', 'document'], allowed_file_extensions: [] },
  ...{ allowed_file_upload_methods: ['remote_url', 'local_file'], number_limits: 3 },
};

describe.each(['chat', 'agent-chat'] as const)('dify-client, unmodified, on an app of mode %s', (mode) => {
  let dify: DifyServer;
  let client: ChatClient & Whole;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: mode });
    const id = await dify.config('sim-echo');
    await dify.api('POST', `/api/llm-configs/${id}/set-default`);
    const { body } = await dify.api<{ items: AppDto[] }>('GET', '/api/apps');
    await dify.api('PATCH', `/api/apps/${body.items[0]?.id}`, { file_upload: FILES });
    client = new ChatClient(APP_KEY, `${dify.app.url}/v1`) as ChatClient & Whole;
  });

  afterAll(() => dify.close());

  const ask = async (user: string, query: string, conversation: string | null = null, files?: Json[]): Promise<Json> =>
    (await client.createChatMessage({}, query, user, false, conversation, files)).data;
  const get = async (path: string, params: Json = {}): Promise<Json> =>
    ((await client.sendRequest('GET', path, null, params)) as Axios).data;
  const refused = (status: number, code: string): Json => ({ response: { status, data: { code, status } } });

  it('asks whole and piece by piece, and goes on with a conversation', async () => {
    const whole = await ask('asker', QUESTION);
    expect(whole).toMatchObject({ event: 'message', answer: QUESTION, mode });
    const conversation = String(whole['conversation_id']);
    const streamed = await client.createChatMessage({}, 'again', 'asker', true, conversation);
    expect(streamed.status).toBe(200);
    let text = '';
    for await (const chunk of streamed.data as unknown as AsyncIterable<Buffer>) text += chunk.toString();
    const events = eventsIn(text);
    expect(answerIn(events)).toBe('again');
    for (const event of events) expect(event['conversation_id']).toBe(conversation);
  });

  it('reads what the app offers', async () => {
    const { data } = (await client.getApplicationParameters('reader')) as Axios;
    expect(data).toMatchObject({ user_input_form: [], file_upload: { enabled: true }, opening_statement: null });
    expect(await get('/info', { user: 'reader' })).toMatchObject({ mode, name: 'OpsAgent', tags: [] });
    expect(await get('/meta', { user: 'reader' })).toHaveProperty('tool_icons');
    expect(await get('/site')).toMatchObject({ title: 'OpsAgent', icon_type: 'emoji' });
  });

  it('pages conversations and messages', async () => {
    const first = await ask('pager', 'one');
    const id = String(first['conversation_id']);
    for (const query of ['two', 'three']) await ask('pager', query, id);
    const elsewhere = (await ask('pager', 'elsewhere'))['conversation_id'];

    const all = (await client.getConversations('pager')) as Axios<{ data: Json[] }>;
    expect(all.data.data.map((conversation) => conversation['id'])).toEqual([elsewhere, id]);
    const old = (await client.getConversations('pager', randomUUID(), 1, true)) as Axios;
    expect(old.data).toMatchObject({ limit: 1, has_more: true, data: [{ id: elsewhere }] });
    const newest = (await client.getConversationMessages('pager', id, null, 2)) as Axios<{ data: Json[] }>;
    expect(newest.data).toMatchObject({ limit: 2, has_more: true, data: [{ query: 'two' }, { query: 'three' }] });
    const before = (await client.getConversationMessages('pager', id, String(newest.data.data[0]?.['id']), 2)) as Axios;
    expect(before.data).toMatchObject({ has_more: false, data: [{ query: 'one', id: first['message_id'] }] });
    const strangers = client.getConversationMessages('stranger', id);
    await expect(strangers).rejects.toMatchObject(refused(404, 'not_found'));
  });

  it('renames by hand and by itself, rates, and deletes', async () => {
    const asked = await ask('keeper', 'How full is the disk of db1?');
    const [id, message] = [String(asked['conversation_id']), String(asked['message_id'])];
    expect(await client.renameConversation(id, 'Disk 磁盘', 'keeper')).toMatchObject({ data: { name: 'Disk 磁盘' } });
    const named = await client.renameConversation(id, undefined, 'keeper', true);
    expect(named.data).toMatchObject({ id, name: expect.stringMatching(/\S/) as string, status: 'normal' });
    for (const rating of ['like', 'dislike', null])
      expect((await client.messageFeedback(message, rating, 'keeper')).data).toEqual({ result: 'success' });
    const nothingLeft = client.messageFeedback(message, null, 'keeper');
    await expect(nothingLeft).rejects.toMatchObject(refused(400, 'invalid_param'));
    expect(((await client.deleteConversation(id, 'keeper')) as Axios).status).toBe(204);
    const gone = client.getConversationMessages('keeper', id);
    await expect(gone).rejects.toMatchObject(refused(404, 'not_found'));
  });

  it('uploads a file and asks about it', async () => {
    const form = new FormData();
    form.append('user', 'sender');
    form.append('file', new Blob(['The password of the day is 芝麻.'], { type: 'text/plain' }), '说明.txt');
    const uploaded = (await client.fileUpload(form)) as Axios;
    expect(uploaded).toMatchObject({ status: 201, data: { name: '说明.txt', extension: 'txt' } });
    const upload_file_id = uploaded.data['id'];
    const file = { type: 'document', transfer_method: 'local_file', upload_file_id };
    const { conversation_id, answer } = await ask('sender', 'What does it say?', null, [file]);
    expect(answer).toContain('What does it say?');
    const page = (await client.getConversationMessages('sender', String(conversation_id))) as Axios;
    expect(page.data).toMatchObject({ data: [{ message_files: [{ filename: '说明.txt', upload_file_id }] }] });
    expect(await get(`/files/${String(upload_file_id)}/preview`)).toContain('芝麻');
  });

  it('stops an answer', async () => {
    const model_config_id = await dify.config('sim-stall-3-dify-client');
    const question = { inputs: {}, query: 'x', user: 'stopper', response_mode: 'streaming', model_config_id };
    const { data } = (await client.sendRequest('POST', '/chat-messages', question, {}, true)) as Axios<Readable>;
    const seen: string[] = [];
    for await (const { event, task_id } of eventsOf(new Response(Readable.toWeb(data) as ReadableStream))) {
      if (seen.push(event) > 1) continue;
      const stopped = await client.sendRequest('POST', `/chat-messages/${String(task_id)}/stop`, { user: 'stopper' });
      expect((stopped as Axios).data).toEqual({ result: 'success' });
    }
    expect(seen.at(-1)).toBe('message_end');
    await dify.simulator.requests.waitFor(
      ({ model, aborted }) => model === 'sim-stall-3-dify-client' && aborted,
      2_000,
    );
  });

  it('is refused what a chat app does not do', async () => {
    const other = new CompletionClient(APP_KEY, `${dify.app.url}/v1`) as CompletionClient & Whole;
    await expect(other.createCompletionMessage({ query: 'x' }, 'u')).rejects.toMatchObject(
      refused(400, 'app_unavailable'),
    );
    await expect(other.createCompletionMessage({}, 'u', true)).rejects.toMatchObject({ response: { status: 400 } });
    for (const stream of [false, undefined])
      await expect(other.runWorkflow({}, 'u', stream)).rejects.toMatchObject(refused(400, 'not_workflow_app'));
    await expect(other.runWorkflow({}, 'u', true)).rejects.toMatchObject({ response: { status: 400 } });
  });

  it('changes its key', async () => {
    const other = new DifyClient('app-wrong', `${dify.app.url}/v1`);
    const turnedAway = other.getApplicationParameters('u');
    await expect(turnedAway).rejects.toMatchObject(refused(401, 'unauthorized'));
    other.updateApiKey(APP_KEY);
    expect(((await other.getApplicationParameters('u')) as Axios).status).toBe(200);
  });
});
