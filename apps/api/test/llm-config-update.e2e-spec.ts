import type { LlmConfigDto, ProblemDto } from '@opsagent/contracts';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const KEY = 'sk-planted-0123456789';

describe('changing a model configuration', () => {
  let app: TestApp;
  let configs: LlmConfigClient;
  let config: LlmConfigDto;

  beforeAll(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
  });

  beforeEach(async () => {
    config = await configs.create({ api_key: KEY, temperature: 0.5, description: 'first', is_default: false });
  });

  afterAll(() => app.close());

  const put = <T = LlmConfigDto>(values: unknown, headers?: Record<string, string>) =>
    configs.send<T>('PUT', `/${config.id}`, values, headers);

  it('leaves alone what is not sent and empties what is sent as null', async () => {
    const { body } = await put({ max_tokens: 1000, description: null });
    expect(body).toEqual({ ...config, max_tokens: 1000, description: null, updated_at: body.updated_at });
    expect(Date.parse(body.updated_at)).toBeGreaterThan(Date.parse(config.updated_at));
  });

  it('to what it is already changes nothing, not even when it was changed last', async () => {
    const { status, body } = await put({ name: config.name, temperature: 0.5, api_key: config.api_key_masked });
    expect(status).toBe(200);
    expect(body).toEqual(config);
    expect((await put({})).body).toEqual(config);
  });

  it('takes back the whole of what a read answered', async () => {
    const { name, provider, model_name, base_url, temperature, description, is_active } = config;
    const sent = { name, provider, model_name, base_url, temperature, description, is_active, api_key: '' };
    expect((await put(sent)).body).toEqual(config);
  });

  it('replaces the key by a new one and removes it on request only', async () => {
    expect((await put({ api_key: 'sk-new-key-99999' })).body.api_key_masked).toBe('sk-…9999');
    expect((await put({ api_key: null })).body.has_api_key).toBe(true);
    const refused = await put<ProblemDto>({ clear_api_key: true });
    expect([refused.status, refused.body.detail]).toEqual([400, 'api_key is required for OpenAI']);
    const vllm = { provider: 'vllm', base_url: 'http://gpu-1:8001/v1', clear_api_key: true };
    expect((await put(vllm)).body).toMatchObject({ has_api_key: false, api_key_masked: null });
  });

  it('never sends the stored key to another server: it has to be entered again', async () => {
    const moved = await put<ProblemDto>({ base_url: 'https://evil.example.com/v1' });
    expect([moved.status, moved.body.errors?.[0]?.field]).toEqual([400, 'api_key']);
    expect((await put({ base_url: 'http://api.openai.com/v1' })).status).toBe(400);
    expect((await put({ base_url: 'https://api.openai.com/v2' })).status).toBe(200);
    expect((await put({ base_url: 'https://proxy.example.com/v1', api_key: 'sk-other-key-1234' })).status).toBe(200);
  });

  it('keeps the provider while a key is stored, unless a new key comes with it', async () => {
    const refused = await put<ProblemDto>({ provider: 'deepseek' });
    expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([400, 'provider']);
    expect((await put({ provider: 'deepseek', api_key: 'sk-deepseek-0001' })).body.provider).toBe('deepseek');
  });

  it('refuses an edit of something that was changed meanwhile, and shows what it is now', async () => {
    const { body: newer } = await put({ description: 'second' }, { 'if-match': `"${config.updated_at}"` });
    const stale = await put<ProblemDto & { current: LlmConfigDto }>(
      { description: 'third' },
      { 'if-match': config.updated_at },
    );
    expect([stale.status, stale.body.code]).toEqual([409, 'llm-config/changed']);
    expect(stale.body.current).toEqual(newer);
    expect((await put({ description: 'third' }, { 'if-match': 'nonsense' })).status).toBe(400);
    expect((await put({ description: 'third' }, { 'if-match': '*' })).status).toBe(200);
  });

  it('lets exactly one of two edits of the same state through', async () => {
    const seen = { 'if-match': `"${config.updated_at}"` };
    const replies = await Promise.all([put({ description: 'a' }, seen), put({ description: 'b' }, seen)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('says what uses it before it is deleted', async () => {
    const session = { user_id: null, llm_config_id: config.id, session_name: 'night shift' };
    const opened = await fetch(`${app.url}/api/sessions`, {
      method: 'POST',
      headers: { ...app.admin.headers, 'content-type': 'application/json' },
      body: JSON.stringify(session),
    });
    expect(opened.status).toBe(201);
    const refused = await configs.send<ProblemDto>('DELETE', `/${config.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'llm-config/in-use']);
    expect(refused.body.detail).toContain('used by 1 session');
    const off = await configs.send<{ message: string }>('POST', `/${config.id}/toggle-status`);
    expect(off.body.message).toContain('used by 1 session');
    expect((await put<ProblemDto>({ is_embedding: true })).status).toBe(400);
    expect((await configs.send('DELETE', `/${config.id}?force=true`)).status).toBe(204);
  });

  it('never lets the key out: not in answers, not in the log, not in the audit log, not in the table', async () => {
    await put<ProblemDto>({ api_key: `${KEY}\u00e9` });
    await put({ name: 'x'.repeat(200), api_key: KEY });
    // Its test ends at our own rules: nothing leaves the machine.
    const { id } = await configs.create({ api_key: KEY, base_url: 'http://127.0.0.1:9/v1' });
    await configs.send('POST', `/${id}/test`, {});
    await configs.send('GET', '');
    await configs.send('DELETE', `/${config.id}?force=true`);
    const rows = await app.query('select to_jsonb(c) as row from llm_configs c');
    const audit = await app.query('select * from audit_log');
    const everything = [...configs.answers, ...app.log, JSON.stringify(rows), JSON.stringify(audit)].join('\n');
    expect(everything).not.toContain(KEY);
    expect(JSON.stringify(audit)).toContain('"api_key":"changed"');
  });
});
