import { type FoundConfig, type KnownProvider, pastedConfig } from './pasted-config.js';

const PROVIDERS: readonly KnownProvider[] = [
  { id: 'openai', addresses: [{ region: 'global', url: 'https://api.openai.com/v1' }], key_variable: 'OPENAI_API_KEY' },
  {
    id: 'deepseek',
    addresses: [{ region: 'global', url: 'https://api.deepseek.com' }],
    key_variable: 'DEEPSEEK_API_KEY',
  },
  {
    id: 'tongyi',
    addresses: [
      { region: 'china', url: 'https://dashscope.aliyuncs.com/compatible-mode/v1' },
      { region: 'singapore', url: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1' },
    ],
    key_variable: 'DASHSCOPE_API_KEY',
  },
  { id: 'ollama', addresses: [{ region: 'local', url: 'http://localhost:11434' }], key_variable: null },
];

const read = (text: string): FoundConfig | null => pastedConfig(text, PROVIDERS);

describe('a pasted curl command', () => {
  const cases: [string, string, FoundConfig][] = [
    [
      'gives address, key, model and parameters',
      `curl https://api.deepseek.com/chat/completions \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer sk-abc123" \\
  -d '{"model": "deepseek-flash", "temperature": 0.2, "max_tokens": 100, "messages": [{"role": "user", "content": "it'"'"'s"}]}'`,
      {
        ...{ provider: 'deepseek', base_url: 'https://api.deepseek.com', api_key: 'sk-abc123' },
        ...{ model_name: 'deepseek-flash', temperature: 0.2, max_tokens: 100 },
      },
    ],
    [
      'of embeddings makes an embedding model',
      `curl --location 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/embeddings' --header 'Authorization: Bearer sk-1' --data '{"model":"text-embedding-v4"}'`,
      {
        ...{ provider: 'tongyi', base_url: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1' },
        ...{ api_key: 'sk-1', model_name: 'text-embedding-v4', is_embedding: true },
      },
    ],
    [
      'to Ollama without a scheme',
      `curl localhost:11434/api/chat -d '{"model":"qwen3"}'`,
      { provider: 'ollama', base_url: 'http://localhost:11434', model_name: 'qwen3' },
    ],
    [
      'with joined options and a prompt sign',
      `$ curl -sS -XPOST --url=https://api.openai.com/v1/chat/completions -H"authorization: bearer sk-x9" --json '{"model":"gpt-6-luna","max_completion_tokens":5}'`,
      {
        ...{ provider: 'openai', base_url: 'https://api.openai.com/v1', api_key: 'sk-x9' },
        ...{ model_name: 'gpt-6-luna', max_tokens: 5 },
      },
    ],
    [
      'of cmd, with carets',
      'curl https://gpu.example/v1/models ^\r\n  -H "Authorization: Bearer token-1"',
      { base_url: 'https://gpu.example/v1', api_key: 'token-1' },
    ],
    [
      'with a variable for the key leaves the key out',
      'curl https://api.openai.com/v1/chat/completions -H "Authorization: Bearer $OPENAI_API_KEY"',
      { provider: 'openai', base_url: 'https://api.openai.com/v1' },
    ],
    [
      'with a placeholder for the key leaves the key out',
      'curl https://api.deepseek.com/chat/completions -H "Authorization: Bearer <your api key>"',
      { provider: 'deepseek', base_url: 'https://api.deepseek.com' },
    ],
    [
      'with a body that is no JSON keeps the rest',
      `curl https://api.deepseek.com/chat/completions -H 'x-api-key: k1' -d '{"model":'`,
      { provider: 'deepseek', base_url: 'https://api.deepseek.com', api_key: 'k1' },
    ],
    [
      'drops query and fragment',
      'curl "https://gpu.example/v1/chat/completions?api-version=1#x"',
      { base_url: 'https://gpu.example/v1' },
    ],
  ];

  it.each(cases)('%s', (_, text, found) => expect(read(text)).toEqual(found));
});

describe('a pasted block of settings', () => {
  const cases: [string, string, FoundConfig][] = [
    [
      'of an environment file',
      'OPENAI_API_KEY=sk-proj-1\nOPENAI_BASE_URL=https://api.openai.com/v1/\nOPENAI_MODEL=gpt-6-sol\n',
      { provider: 'openai', api_key: 'sk-proj-1', base_url: 'https://api.openai.com/v1', model_name: 'gpt-6-sol' },
    ],
    ['of a shell', 'export DEEPSEEK_API_KEY="sk-2"', { provider: 'deepseek', api_key: 'sk-2' }],
    ['of PowerShell', '$env:DASHSCOPE_API_KEY = "sk-3"', { provider: 'tongyi', api_key: 'sk-3' }],
    ['of cmd', 'set DASHSCOPE_API_KEY=sk-4', { provider: 'tongyi', api_key: 'sk-4' }],
    [
      'of Python',
      'client = OpenAI(api_key="sk-5", base_url="https://api.deepseek.com")',
      { provider: 'deepseek', api_key: 'sk-5', base_url: 'https://api.deepseek.com' },
    ],
    [
      'of JavaScript',
      "new OpenAI({ apiKey: 'sk-6', baseURL: 'https://gpu.example/v1' })",
      { api_key: 'sk-6', base_url: 'https://gpu.example/v1' },
    ],
    [
      'of YAML',
      'model: qwen3.8-max\napi_base: https://dashscope.aliyuncs.com/compatible-mode/v1\napi_key: sk-7',
      {
        ...{ provider: 'tongyi', api_key: 'sk-7', model_name: 'qwen3.8-max' },
        ...{ base_url: 'https://dashscope.aliyuncs.com/compatible-mode/v1' },
      },
    ],
    [
      'of JSON',
      '{"api_key": "sk-8", "base_url": "https://api.openai.com/v1"}',
      { provider: 'openai', api_key: 'sk-8', base_url: 'https://api.openai.com/v1' },
    ],
    [
      'where the address decides whose it is',
      'OPENAI_API_KEY=sk-9\nOPENAI_API_BASE=https://api.deepseek.com/v1',
      {
        provider: 'deepseek',
        api_key: 'sk-9',
        base_url: 'https://api.deepseek.com/v1',
      },
    ],
    ['with several keys takes the first', 'A_API_KEY=first\nB_API_KEY=second', { api_key: 'first' }],
    [
      'with a whole address cuts what is called',
      'BASE_URL=https://gpu.example/v1/chat/completions',
      { base_url: 'https://gpu.example/v1' },
    ],
  ];

  it.each(cases)('%s', (_, text, found) => expect(read(text)).toEqual(found));
});

describe('anything else', () => {
  it.each([
    ['nothing', ''],
    ['a bare key', 'sk-abc123'],
    ['a sentence', 'Please use the model: it is good'],
    ['an open quote', `curl 'https://api.openai.com/v1`],
    ['a model without a place', 'MODEL=gpt'],
    ['an address that is none', 'BASE_URL=javascript:alert(1)'],
    ['a placeholder alone', 'OPENAI_API_KEY=your-key-here'],
    ['too long a text', `OPENAI_API_KEY=${'x'.repeat(100_001)}`],
  ])('is not taken for a configuration: %s', (_, text) => expect(read(text)).toBeNull());

  it('does not reach the prototype of anything', () => {
    expect(read(`curl https://a.example/v1 -d '{"__proto__":{"model":"x"},"constructor":1}'`)).toEqual({
      base_url: 'https://a.example/v1',
    });
    expect(read('__proto__=1\nconstructor=2\nAPI_KEY=k')).toEqual({ api_key: 'k' });
  });

  it('answers a hostile text of many assignments at once', () => {
    const text = `${'A='.repeat(40_000)}\n"${'\\"'.repeat(5000)}`;
    expect(read(text)).toBeNull();
  });
});
