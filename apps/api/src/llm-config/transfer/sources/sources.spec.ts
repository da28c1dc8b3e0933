import { parse } from 'yaml';
import { contentsOf } from './file-contents.js';
import type { FileItem } from './file-item.js';

const read = async (tree: unknown): Promise<readonly FileItem[]> =>
  (await contentsOf({ tree, lines: [] }, null, null)).items;

describe('a config.yaml of LiteLLM', () => {
  const deployment = async (params: object, info: object = {}): Promise<FileItem> => {
    const [item] = await read({ model_list: [{ model_name: 'main', litellm_params: params, model_info: info }] });
    if (!item) throw new Error('Nothing was read.');
    return item;
  };

  it.each([
    ['openai/gpt-6-luna', undefined, 'openai', 'gpt-6-luna', undefined],
    ['gpt-6-luna', undefined, 'openai', 'gpt-6-luna', undefined],
    ['openai/Qwen/Qwen3-8B', 'http://gpu-1:8000/v1', 'openai-compatible', 'Qwen/Qwen3-8B', 'http://gpu-1:8000/v1'],
    ['deepseek/deepseek-flash', undefined, 'deepseek', 'deepseek-flash', undefined],
    ['dashscope/qwen3', undefined, 'tongyi', 'qwen3', 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1'],
    ['ollama_chat/qwen3:8b', 'http://localhost:11434', 'ollama', 'qwen3:8b', 'http://localhost:11434'],
    ['hosted_vllm/facebook/opt', 'http://gpu-1:8000/v1', 'vllm', 'facebook/opt', 'http://gpu-1:8000/v1'],
    ['volcengine/ep-1', undefined, 'doubao', 'ep-1', undefined],
    ['zai/glm-5', undefined, 'zhipu', 'glm-5', 'https://api.z.ai/api/paas/v4'],
    ['moonshot/kimi-k3', undefined, 'moonshot', 'kimi-k3', 'https://api.moonshot.ai/v1'],
    ['openrouter/a/b', undefined, 'openai-compatible', 'a/b', 'https://openrouter.ai/api/v1'],
  ])('means by %s at %s the provider %s', async (model, api_base, provider, model_name, base_url) => {
    const { values, problems } = await deployment({ model, api_base });
    expect(problems).toEqual([]);
    expect(values).toEqual({ name: 'main', provider, model_name, ...(base_url ? { base_url } : {}) });
  });

  it.each(['anthropic/claude', 'azure/gpt', 'constructor/x', '__proto__/x', 'unheard-of'])(
    'has no provider for %s',
    async (model) => {
      expect((await deployment({ model })).problems).toEqual([expect.stringMatching(/^no provider here/)]);
    },
  );

  it('is read with its settings, and says what is left out', async () => {
    const params = { model: 'openai/gpt', temperature: 0.2, max_completion_tokens: 9, timeout: 1.5, stop: 'x', rpm: 5 };
    const { values, notes } = await deployment(params, { mode: 'embedding', input_cost_per_token: 1 });
    expect(values).toMatchObject({ temperature: 0.2, max_tokens: 9, is_embedding: true });
    expect(values['extra_config']).toEqual({ timeouts: { total_ms: 1500 }, stop: ['x'] });
    expect(notes).toEqual(['left out: rpm, model_info.input_cost_per_token']);
  });

  it('names the variables that keys and addresses stand in', async () => {
    const item = await deployment({ model: 'openai/gpt', api_key: 'os.environ/A_KEY', api_base: 'os.environ/A_BASE' });
    expect(item.values).not.toHaveProperty('api_key');
    expect([...item.notes, ...item.problems].join()).toMatch(/A_KEY.*A_BASE/);
  });

  it('numbers deployments of one name, and reads chains and anchors', async () => {
    const items = await read(
      parse(
        `
base: &base {api_key: sk-test-0001, temperature: 0.5}
model_list:
  - {model_name: main, litellm_params: {<<: *base, model: openai/a}}
  - {model_name: main, litellm_params: {<<: *base, model: openai/b}}
router_settings: {fallbacks: [{main: [reserve]}], num_retries: 2}
general_settings: {master_key: sk-1234}
`,
        { merge: true },
      ),
    );
    expect(items.map(({ name, fallbacks }) => [name, fallbacks])).toEqual([
      ['main', ['reserve']],
      ['main 2', ['reserve']],
    ]);
    expect(items[1]?.values).toMatchObject({ api_key: 'sk-test-0001', temperature: 0.5 });
    expect(items[0]?.notes.join()).toContain('router_settings.num_retries, general_settings.master_key');
    expect(JSON.stringify(items)).not.toContain('sk-1234');
  });
});

describe('channels of one-api and new-api', () => {
  const channel = { name: 'c', key: 'sk-a', models: 'm', type: 1, status: 1 };

  it.each([
    [1, {}, 'openai', undefined],
    [1, { base_url: 'https://proxy.example.org' }, 'openai-compatible', 'https://proxy.example.org/v1'],
    [36, {}, 'deepseek', undefined],
    [43, { setting: '' }, 'deepseek', undefined],
    [40, {}, 'doubao', undefined],
    [45, { auto_ban: 1 }, 'doubao', undefined],
    [40, { auto_ban: 1 }, 'openai-compatible', 'https://api.siliconflow.cn/v1'],
    [17, { base_url: 'https://dashscope.example.org/' }, 'tongyi', 'https://dashscope.example.org/compatible-mode/v1'],
    [30, { base_url: 'http://gpu-1:11434' }, 'ollama', 'http://gpu-1:11434'],
    [4, { tag: 't', base_url: 'http://gpu-1:11434' }, 'ollama', 'http://gpu-1:11434'],
  ])('mean by type %j with %j the provider %s', async (type, more, provider, base_url) => {
    const [item] = await read([{ ...channel, type, ...more }]);
    expect(item?.problems).toEqual([]);
    expect([item?.values['provider'], item?.values['base_url']]).toEqual([provider, base_url]);
  });

  it.each([14, 24, '1', '__proto__', null])('are no provider here with the type %j', async (type) => {
    expect((await read({ data: [{ ...channel, type }] }))[0]?.problems).toHaveLength(1);
  });

  it('become one configuration for each model, with the first key', async () => {
    const models = 'gpt-6-luna,alias, text-embedding-3-small ,whisper-1';
    const mapping = { model_mapping: '{"alias":"real"}', key: 'sk-a\nsk-b', status: 2, priority: 3, group: 'default' };
    const items = await read({ success: true, data: { items: [{ ...channel, models, ...mapping }], total: 1 } });
    expect(items.map(({ name, values }) => [name, values['model_name'], values['is_embedding'] ?? false])).toEqual([
      ['c gpt-6-luna', 'gpt-6-luna', false],
      ['c alias', 'real', false],
      ['c text-embedding-3-small', 'text-embedding-3-small', true],
      ['c whisper-1', 'whisper-1', false],
    ]);
    expect(items[0]?.values).toMatchObject({ api_key: 'sk-a', is_active: false });
    expect(items[0]?.notes).toEqual(['the channel has 2 keys: the first is taken', 'left out: priority']);
    expect(items[3]?.problems).toHaveLength(1);
  });
});
