import type { LlmProvider } from '@opsagent/contracts';
import { calledUrl, foreignKey as foreign, isPlainHttp, type KeyFacts } from './key-hints.js';

const PROVIDERS: KeyFacts[] = [
  { id: 'openai', key_pattern: '^sk-(proj|svcacct|admin)-', key_required: true },
  { id: 'deepseek', key_pattern: null, key_required: true },
  { id: 'baidu', key_pattern: '^bce-v3\\/', key_required: true },
  { id: 'vllm', key_pattern: null, key_required: false },
];
const COMPLETIONS = { chat_path: '/chat/completions', embeddings_path: '/embeddings' };
const OLLAMA = { chat_path: '/api/chat', embeddings_path: '/api/embed' };

const foreignKey = (key: string, id: LlmProvider): LlmProvider | null =>
  foreign(
    key,
    PROVIDERS.find((provider) => provider.id === id),
    PROVIDERS,
  );

describe('key hints', () => {
  it('notice a key that only another provider makes', () => {
    expect(foreignKey('sk-proj-abc', 'deepseek')).toBe('openai');
    expect(foreignKey(' bce-v3/ALTAK-x/y', 'openai')).toBe('baidu');
  });

  it('keep silent about the right provider, unclear keys and self-hosted servers', () => {
    expect(foreignKey('sk-proj-abc', 'openai')).toBeNull();
    expect(foreignKey('sk-abcdef', 'deepseek')).toBeNull();
    expect(foreignKey('sk-proj-abc', 'vllm')).toBeNull();
  });

  it('call http plain unless it stays on this machine', () => {
    expect(isPlainHttp('http://models.example.org/v1')).toBe(true);
    expect(isPlainHttp('http://localhost:11434')).toBe(false);
    expect(isPlainHttp('https://models.example.org')).toBe(false);
    expect(isPlainHttp('nonsense')).toBe(false);
  });

  it('show the address that is really called', () => {
    expect(calledUrl('https://a.example.org/v1/', COMPLETIONS, false)).toBe(
      'https://a.example.org/v1/chat/completions',
    );
    expect(calledUrl('https://a.example.org/v1', COMPLETIONS, true)).toBe('https://a.example.org/v1/embeddings');
    expect(calledUrl('http://localhost:11434', OLLAMA, false)).toBe('http://localhost:11434/api/chat');
    expect(calledUrl('a.example.org', COMPLETIONS, false)).toBe('');
  });

  it('take off the path of an endpoint that was pasted with the address, as the server does', () => {
    expect(calledUrl('https://a.example.org/v1/chat/completions', COMPLETIONS, true)).toBe(
      'https://a.example.org/v1/embeddings',
    );
    expect(calledUrl('http://localhost:11434/v1', OLLAMA, false)).toBe('http://localhost:11434/api/chat');
    expect(calledUrl('http://localhost:11434/api/generate', OLLAMA, true)).toBe('http://localhost:11434/api/embed');
  });
});
