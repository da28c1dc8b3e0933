import type { LlmConfigTemplateDto, LlmConfigTemplateListDto } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

describe('templates for new configurations', () => {
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeAll(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
  });

  beforeEach(() => app.query('delete from llm_config_templates'));

  afterAll(() => app.close());

  const send = async (method: string, path: string, body?: object, headers: object = app.admin.headers) => {
    const response = await fetch(`${app.url}/api/llm-config-templates${path}`, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    type Answer = LlmConfigTemplateDto & { code: string; errors?: { field: string }[] };
    return { status: response.status, text, body: (text === '' ? {} : JSON.parse(text)) as Answer };
  };

  const list = async (): Promise<LlmConfigTemplateDto[]> =>
    (JSON.parse((await send('GET', '')).text) as LlmConfigTemplateListDto).items;

  it('come with the product, and each makes a configuration', async () => {
    const items = await list();
    expect(items.length).toBeGreaterThan(5);
    for (const { id, name, is_built_in, values } of items) {
      expect(is_built_in).toBe(true);
      const place = values['provider'] === 'vllm' ? { base_url: 'http://gpu.example.org:8001/v1' } : {};
      const created = await configs.create({ name: `${id} ${name}`, ...values, ...place });
      expect(created).toMatchObject({ provider: values['provider'], model_name: values['model_name'] });
    }
  });

  it('are kept without the key and the headers of the configuration they come from', async () => {
    const { id } = await configs.create({
      ...{ name: 'original', provider: 'deepseek', model_name: 'deepseek-flash', api_key: 'sk-canary-key-1' },
      ...{ temperature: 0.3, tags: ['x'], description: 'kept', base_url: 'https://api.deepseek.com/beta' },
      extra_config: { thinking: 'on', headers: { 'X-Team': 'sk-canary-header-1' } },
    });
    const { status, text, body } = await send('POST', '', { name: ' mine ', description: 'why', llm_config_id: id });
    expect(status).toBe(201);
    expect(text).not.toContain('canary');
    expect(body).toMatchObject({ name: 'mine', description: 'why', is_built_in: false });
    expect(body.values).toEqual({
      ...{ provider: 'deepseek', model_name: 'deepseek-flash', base_url: 'https://api.deepseek.com/beta' },
      ...{ temperature: 0.3, description: 'kept', extra_config: { thinking: 'on' }, tags: ['x'] },
    });
    expect((await list()).at(-1)).toEqual(body);
  });

  it('are stored as a configuration would store their values', async () => {
    const { body } = await send('POST', '', {
      name: 'own',
      values: { provider: 'openai', base_url: 'https://example.org/v1/', tags: [' a ', 'A'], temperature: null },
    });
    expect(body.values).toEqual({ provider: 'openai', base_url: 'https://example.org/v1', tags: ['a'] });
    expect((await send('POST', '', { name: 'open place', values: { provider: 'vllm' } })).body.values).toEqual({
      provider: 'vllm',
    });
  });

  it.each([
    ['a key', { provider: 'openai', api_key: 'sk-1' }, 'values.api_key'],
    ['an unknown field', { provider: 'openai', colour: 'red' }, 'values.colour'],
    ['headers', { provider: 'openai', extra_config: { headers: { a: 'b' } } }, 'values.extra_config.headers'],
    ['an unknown setting', { provider: 'openai', extra_config: { nice: 1 } }, 'values.extra_config.nice'],
    ['no provider', { model_name: 'x' }, 'values.provider'],
    ['a temperature that is too high', { provider: 'moonshot', temperature: 1.5 }, 'values.temperature'],
    ['a wrong type', { provider: 'openai', max_tokens: 'many' }, 'values.max_tokens'],
    ['an address that is none', { provider: 'openai', base_url: 'ftp://x' }, 'values.base_url'],
    ['embeddings of whom has none', { provider: 'deepseek', is_embedding: true }, 'values.is_embedding'],
    ['nothing', undefined, 'values'],
  ])('refuse %s, naming the field', async (_, values, field) => {
    const { status, body } = await send('POST', '', { name: 'x', values });
    expect({ status, field: body.errors?.[0]?.field }).toEqual({ status: 400, field });
  });

  it('have names of their own, ignoring case', async () => {
    await send('POST', '', { name: 'Main', values: { provider: 'openai' } });
    const { status, body } = await send('POST', '', { name: 'mAIN', values: { provider: 'openai' } });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'llm-config-template/name-taken' });
  });

  it('are deleted by who keeps them and by administrators, and by nobody else', async () => {
    const [keeper, other] = [await aUser(app, 'operator'), await aUser(app, 'operator')];
    const keep = async (name: string) =>
      (await send('POST', '', { name, values: { provider: 'openai' } }, keeper.headers)).body.id;
    const [first, second] = [await keep('first'), await keep('second')];
    expect((await send('DELETE', `/${first}`, undefined, other.headers)).status).toBe(403);
    expect((await send('DELETE', `/${first}`, undefined, keeper.headers)).status).toBe(204);
    expect((await send('DELETE', `/${first}`, undefined, keeper.headers)).status).toBe(404);
    expect((await send('DELETE', `/${second}`)).status).toBe(204);
    expect((await send('DELETE', '/deepseek-quick')).status).toBe(400);
    expect((await list()).every(({ is_built_in }) => is_built_in)).toBe(true);
  });
});
