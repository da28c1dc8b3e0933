import type { AppDto } from '@opsagent/contracts';
import { createDifyProvider } from 'dify-ai-provider';
import { APP_KEY, DifyServer } from './support/dify-server.js';

type Model = ReturnType<ReturnType<typeof createDifyProvider>>;
type Call = Parameters<Model['doGenerate']>[0];
type Part = Awaited<ReturnType<Model['doStream']>>['stream'] extends ReadableStream<infer P> ? P : never;

const QUESTION = '你好 "world"\n👩‍💻';
/** A red dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

const asking = (text: string, more: Partial<Call> = {}): Call => ({
  prompt: [{ role: 'user', content: [{ type: 'text', text }] }],
  headers: { 'user-id': 'ai' },
  ...more,
});

const conversationIn = ({ providerMetadata }: Awaited<ReturnType<Model['doGenerate']>>): string =>
  providerMetadata?.['difyWorkflowData']?.['conversationId'] as string;

describe.each(['chat', 'agent-chat'] as const)('dify-ai-provider, unmodified, on an app of mode %s', (mode) => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: mode });
    const id = await dify.config('sim-echo');
    await dify.api('POST', `/api/llm-configs/${id}/set-default`);
  });

  afterAll(() => dify.close());

  const model = (settings: object = {}): Model =>
    createDifyProvider({ baseURL: `${dify.app.url}/v1`, headers: { 'x-app-code': 'x' } }).chat('opsagent', {
      apiKey: APP_KEY,
      logger: false,
      ...settings,
    });

  /** A model behind an app of its own that is set to a configuration. */
  const modelOn = async (name: string): Promise<Model> => {
    const app = await dify.api('POST', '/api/apps', { name, mode, llm_config_id: await dify.config(name) });
    const { body } = await dify.api('POST', `/api/apps/${String(app.body['id'])}/keys`, { name });
    return model({ apiKey: body['key'] });
  };

  const partsOf = async (asked: ReturnType<Model['doStream']>): Promise<Part[]> => {
    const parts: Part[] = [];
    for await (const part of (await asked).stream) parts.push(part);
    return parts;
  };
  const textOf = (parts: Part[]): string =>
    parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
  const typesOf = (parts: Part[]): string[] =>
    parts.map(({ type }) => type).filter((type, place, all) => type !== all[place - 1]);

  it('generates a text', async () => {
    const { content, usage, finishReason, providerMetadata, response } = await model().doGenerate(asking(QUESTION));
    expect(content).toEqual([{ type: 'text', text: QUESTION }]);
    expect(finishReason).toBe('stop');
    expect(usage.totalTokens).toBeGreaterThan(0);
    expect(usage.totalTokens).toBe((usage.inputTokens ?? 0) + (usage.outputTokens ?? 0));
    expect(response?.id).toBe(providerMetadata?.['difyWorkflowData']?.['messageId']);
  });

  it('streams a text, with one start, one end and one finish', async () => {
    const parts = await partsOf(model().doStream(asking(QUESTION)));
    expect(textOf(parts)).toBe(QUESTION);
    const types = typesOf(parts).filter((type) => type !== 'response-metadata');
    expect([...new Set(types)]).toEqual(['text-start', 'text-delta', 'text-end', 'finish']);
    expect(parts.filter(({ type }) => type === 'finish')).toMatchObject([
      { finishReason: 'stop', usage: { totalTokens: expect.any(Number) as number } },
    ]);
  });

  it('goes on with the conversation it was answered in, by its header and by the answer’s own data', async () => {
    const first = await model().doGenerate(asking('one'));
    const conversation = conversationIn(first);
    const second = await model().doGenerate(asking('two', { headers: { 'user-id': 'ai', 'chat-id': conversation } }));
    expect(second.providerMetadata?.['difyWorkflowData']).toMatchObject({ conversationId: conversation });
    const parts = await partsOf(
      model().doStream(asking('three', { headers: { 'user-id': 'ai', 'chat-id': conversation } })),
    );
    expect(parts.at(-1)).toMatchObject({ providerMetadata: { difyWorkflowData: { conversationId: conversation } } });
    const { body } = await dify.call<{ data: { query: string }[] }>(
      'GET',
      `/v1/messages?user=ai&conversation_id=${conversation}`,
    );
    expect(body.data.map(({ query }) => query)).toEqual(['one', 'two', 'three']);
  });

  it('sends files', async () => {
    const { body } = await dify.api<{ items: AppDto[] }>('GET', '/api/apps');
    const file_upload = {
      ...{ enabled: true, allowed_file_types: ['image'], allowed_file_extensions: [], number_limits: 3 },
      allowed_file_upload_methods: ['local_file'],
    };
    await dify.api('PATCH', `/api/apps/${body.items[0]?.id}`, { file_upload });
    const image = { type: 'file' as const, mediaType: 'image/png', filename: 'dot.png', data: new Uint8Array(PNG) };
    const answer = await model().doGenerate(
      asking('', { prompt: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, image] }] }),
    );
    const conversation = conversationIn(answer);
    const page = await dify.call('GET', `/v1/messages?user=ai&conversation_id=${conversation}`);
    expect(page.body).toMatchObject({ data: [{ message_files: [{ filename: 'dot.png', type: 'image' }] }] });
  });

  it('offers its tools in the question and finds the call in the answer', async () => {
    const inputSchema = { type: 'object' as const, properties: { city: { type: 'string' as const } } };
    const tools = [{ type: 'function' as const, name: 'weather', description: 'Tells the weather.', inputSchema }];
    // The model says what it is told, so that the example in the offer becomes a call.
    const { content, finishReason } = await model().doGenerate(asking('How is it?', { tools }));
    expect(finishReason).toBe('tool-calls');
    expect(content).toContainEqual(expect.objectContaining({ type: 'tool-call', toolName: 'weather' }));
    const parts = await partsOf(model().doStream(asking('How is it?', { tools })));
    expect(parts).toContainEqual(expect.objectContaining({ type: 'tool-call', toolName: 'weather' }));
    expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: 'tool-calls' });
  });

  it('hangs up, and the model is not asked any further', async () => {
    const name = 'sim-stall-4-ai-provider';
    const leaving = new AbortController();
    const { stream } = await (await modelOn(name)).doStream(asking('x', { abortSignal: leaving.signal }));
    const reading = (async () => {
      for await (const part of stream) if (part.type === 'text-delta') leaving.abort();
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    await dify.simulator.requests.waitFor(({ model: asked, aborted }) => asked === name && aborted, 2_000);
  });

  it('is told what went wrong', async () => {
    await expect(model({ apiKey: 'app-wrong' }).doGenerate(asking('x'))).rejects.toMatchObject({
      ...{ statusCode: 401, message: 'Dify API error: Access token is invalid' },
    });
    const lost = asking('x', { headers: { 'user-id': 'ai', 'chat-id': '00000000-0000-4000-8000-000000000000' } });
    for (const asked of [model().doGenerate(lost), model().doStream(lost)])
      await expect(asked).rejects.toMatchObject({
        ...{ statusCode: 404, message: 'Dify API error: Conversation Not Exists.' },
      });
    const broken = await modelOn('sim-error-frame-3');
    await expect(broken.doGenerate(asking('x'))).rejects.toMatchObject({
      ...{ statusCode: 400, data: { code: 'completion_request_error', status: 400 } },
    });
    const parts = await partsOf(broken.doStream(asking('x')));
    expect(parts.at(-1)).toMatchObject({
      ...{
        type: 'error',
        error: { message: expect.stringMatching(/^Dify error \(completion_request_error\): /) as string },
      },
    });
  });
});
