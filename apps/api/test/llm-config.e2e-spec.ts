import {
  LLM_PROVIDER,
  type LlmConfigDto,
  type LlmConfigStatusDto,
  type ProblemDto,
  type ProviderDto,
} from '@opsagent/contracts';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const COLUMNS = [
  ...['id', 'name', 'provider', 'model_name', 'base_url', 'max_tokens', 'temperature', 'top_p', 'frequency_penalty'],
  ...['presence_penalty', 'description', 'is_active', 'is_default', 'is_embedding', 'extra_config', 'usage_count'],
  ...['last_used_at', 'created_at', 'updated_at', 'created_by', 'updated_by'],
];
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('the routes of model configurations', () => {
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeEach(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
  });

  afterEach(() => app.close());

  it('create a configuration and answer every column but the key', async () => {
    const { status, body } = await configs.send('POST', '', {
      name: '  DeepSeek 主 ',
      provider: 'deepseek',
      model_name: 'deepseek-flash',
      api_key: ' sk-0123456789abcdef ',
      base_url: 'https://api.deepseek.com/v1/chat/completions',
      temperature: 0.7,
      extra_config: { thinking: 'off' },
    });
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual([...COLUMNS, 'api_key_masked', 'has_api_key'].sort());
    expect(body).toMatchObject({
      name: 'DeepSeek 主',
      api_key_masked: 'sk-…cdef',
      has_api_key: true,
      base_url: 'https://api.deepseek.com/v1',
      max_tokens: null,
      temperature: 0.7,
      is_active: true,
      is_embedding: false,
      extra_config: { thinking: 'off' },
      usage_count: 0,
      last_used_at: null,
    });
    expect(body.created_by).toEqual(body.updated_by);
    expect(await configs.get(body.id)).toEqual(body);
  });

  it('answer at paths with and without a trailing slash alike', async () => {
    const { id } = await configs.create({ name: 'main' });
    for (const slash of ['', '/']) {
      expect((await configs.send('GET', slash)).status).toBe(200);
      expect((await configs.send('GET', `/providers${slash}`)).body).toEqual(LLM_PROVIDER.values);
      expect((await configs.send<LlmConfigDto[]>('GET', `/active${slash}`)).body).toHaveLength(1);
      expect((await configs.send('GET', `/default${slash}`)).body.id).toBe(id);
      expect((await configs.send('GET', `/default${slash}?is_embedding=false`)).body.id).toBe(id);
      expect((await configs.send('GET', `/${id}${slash}`)).body.name).toBe('main');
      expect((await configs.send('PUT', `/${id}${slash}`, { description: `d${slash}` })).status).toBe(200);
      expect((await configs.send('POST', `/${id}/toggle-status${slash}`)).body).toMatchObject({ is_active: false });
      expect((await configs.send('POST', `/${id}/toggle-status${slash}`)).body).toMatchObject({ is_active: true });
      expect((await configs.send('POST', `/${id}/set-default${slash}`)).body).toMatchObject({ is_default: true });
      const name = `second${slash}`;
      const second = await configs.send('POST', slash, { name, provider: 'ollama', model_name: 'qwen3' });
      expect(second.status).toBe(201);
      const deleted = await configs.send('DELETE', `/${second.body.id}${slash}`);
      expect([deleted.status, deleted.text]).toEqual([204, '']);
    }
  });

  it('list a bare array, page by page, with the total in a header', async () => {
    for (const name of ['Alpha', 'beta', 'Gamma 100%']) await configs.create({ name });
    await configs.create({ name: 'vectors', provider: 'tongyi', model_name: 'text-embedding-v4', is_embedding: true });
    const names = async (query: string): Promise<string[]> =>
      (await configs.send<LlmConfigDto[]>('GET', `/?${query}`)).body.map(({ name }) => name);
    const page = await configs.send<LlmConfigDto[]>('GET', '/?skip=1&limit=2&sort=name');
    expect(page.body).toHaveLength(2);
    expect(page.headers.get('x-total-count')).toBe('4');
    expect(await names('search=ALPHA')).toEqual(['Alpha']);
    expect(await names('search=%25')).toEqual(['Gamma 100%']);
    expect(await names('search=text-embed')).toEqual(['vectors']);
    expect(await names('provider=tongyi')).toEqual(['vectors']);
    expect(await names('is_embedding=true')).toEqual(['vectors']);
    expect(await names('is_active=false')).toEqual([]);
    expect(await names('sort=-created_at')).toEqual(['vectors', 'Gamma 100%', 'beta', 'Alpha']);
  });

  it('answer 404 for a configuration that does not exist and for a default that is not set', async () => {
    for (const [method, path] of [
      ['GET', `/${UNKNOWN}`],
      ['DELETE', `/${UNKNOWN}`],
      ['POST', `/${UNKNOWN}/toggle-status`],
      ['POST', `/${UNKNOWN}/set-default`],
      ['POST', `/${UNKNOWN}/test`],
      ['GET', '/default'],
      ['GET', '/default?is_embedding=true'],
    ] as const) {
      const { status, body } = await configs.send<ProblemDto>(method, path);
      expect([path, status]).toEqual([path, 404]);
      expect(body.detail).not.toBe('');
    }
    expect((await configs.send('PUT', `/${UNKNOWN}`, {})).status).toBe(404);
  });

  it('describe the nine providers and any other endpoint', async () => {
    const response = await fetch(`${app.url}/api/providers/`, { headers: app.admin.headers });
    const providers = (await response.json()) as ProviderDto[];
    expect(providers.map(({ id }) => id)).toEqual(LLM_PROVIDER.values);
    expect(providers).toHaveLength(10);
    expect(providers.find(({ id }) => id === 'vllm')).toMatchObject({ default_base_url: null, key_required: false });
  });

  it('refuse a name that is taken, in whatever case', async () => {
    await configs.create({ name: 'Main' });
    const other = await configs.create({ name: 'other' });
    const again = { name: ' mAIN', provider: 'ollama', model_name: 'qwen3' };
    const refused = await configs.send<ProblemDto>('POST', '', again);
    expect([refused.status, refused.body.code]).toEqual([409, 'llm-config/name-taken']);
    expect((await configs.send('PUT', `/${other.id}`, { name: 'MAIN' })).status).toBe(409);
    expect((await configs.send('PUT', `/${other.id}`, { name: 'OTHER' })).status).toBe(200);
  });

  it('say that switching off takes the default away', async () => {
    const { id } = await configs.create({ name: 'main' });
    const { body } = await configs.send<LlmConfigStatusDto>('POST', `/${id}/toggle-status`);
    expect(body).toEqual({
      message: 'The model configuration "main" is now inactive. It is no longer the default.',
      is_active: false,
    });
    expect(await configs.get(id)).toMatchObject({ is_active: false, is_default: false });
    const refused = await configs.send<ProblemDto>('POST', `/${id}/set-default`);
    expect([refused.status, refused.body.code]).toEqual([400, 'llm-config/not-usable']);
  });
});

describe('bad input to the routes of model configurations', () => {
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeAll(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
  });

  afterAll(() => app.close());

  it.each(['limit=0', 'limit=1001', 'skip=-1', 'provider=nobody', 'is_active=maybe', 'sort=api_key', 'unknown=1'])(
    'is refused in a list: %s',
    async (query) => {
      const { status, body } = await configs.send<ProblemDto>('GET', `/?${query}`);
      expect(status).toBe(400);
      expect(body.code).toBe('input/invalid');
    },
  );

  it.each([
    ['api_key', { api_key: undefined }],
    ['api_key', { api_key: 'sk-…1234' }],
    ['model_name', { model_name: 'a b' }],
    ['base_url', { base_url: 'file:///etc/passwd' }],
    ['base_url', { base_url: 'http://169.254.169.254@host/v1' }],
    ['top_p', { top_p: 0 }],
    ['temperature', { temperature: 2.5 }],
    ['temperature', { temperature: 0.123 }],
    ['max_tokens', { max_tokens: 0 }],
    ['is_default', { is_default: true, is_active: false }],
    ['is_embedding', { provider: 'deepseek', is_embedding: true }],
    ['extra_config.headers', { extra_config: { headers: { authorization: 'Bearer other' } } }],
    ['extra_config', { extra_config: [] }],
    ['name', { name: 'nul\0' }],
    ['unknown', { unknown: 1 }],
  ])('is refused with the name of the field: %s', async (field, values) => {
    const given = { name: 'main', provider: 'openai', model_name: 'gpt-6-luna', api_key: 'sk-test', ...values };
    const { status, body } = await configs.send<ProblemDto>('POST', '', given);
    expect(status).toBe(400);
    expect(body.errors?.map((problem) => problem.field)).toContain(field);
  });

  it('is an address that is this server itself, whatever it is called', async () => {
    const { port } = new URL(app.url);
    for (const host of ['localhost', '127.0.0.1', '[::1]', '0.0.0.0']) {
      const values = { name: 'loop', provider: 'vllm', model_name: 'm', base_url: `http://${host}:${port}/v1` };
      const { status, body } = await configs.send<ProblemDto>('POST', '', values);
      expect(status).toBe(400);
      expect(body.detail).toContain('OpsAgent itself');
    }
  });
});
