import { calledUrl, foreignKey, isPlainHttp } from './key-hints.js';

describe('key hints', () => {
  it('notice a key that only another provider makes', () => {
    expect(foreignKey('sk-proj-abc', 'deepseek')).toBe('openai');
    expect(foreignKey('bce-v3/ALTAK-x/y', 'zhipu')).toBe('baidu');
    expect(foreignKey('0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP', 'openai')).toBe('zhipu');
  });

  it('keep silent about the right provider, unclear keys and self-hosted servers', () => {
    expect(foreignKey('sk-proj-abc', 'openai')).toBeNull();
    expect(foreignKey('sk-abcdef', 'moonshot')).toBeNull();
    expect(foreignKey('sk-proj-abc', 'vllm')).toBeNull();
  });

  it('call http plain unless it stays on this machine', () => {
    expect(isPlainHttp('http://models.example.org/v1')).toBe(true);
    expect(isPlainHttp('http://localhost:11434')).toBe(false);
    expect(isPlainHttp('https://models.example.org')).toBe(false);
    expect(isPlainHttp('nonsense')).toBe(false);
  });

  it('show the address that is really called', () => {
    expect(calledUrl('https://a.example.org/v1/', 'vllm', false)).toBe('https://a.example.org/v1/chat/completions');
    expect(calledUrl('https://a.example.org/v1', 'vllm', true)).toBe('https://a.example.org/v1/embeddings');
    expect(calledUrl('http://localhost:11434', 'ollama', false)).toBe('http://localhost:11434/api/chat');
    expect(calledUrl('a.example.org', 'vllm', false)).toBe('');
  });
});
