import { addressHint } from './address-hints.js';

const openAi = { addresses: [{ region: 'global', url: 'https://api.openai.com/v1' }], chat_path: '/chat/completions' };
const ollama = { addresses: [{ region: 'local', url: 'http://localhost:11434' }], chat_path: '/api/chat' };
const deepSeek = { addresses: [{ region: 'global', url: 'https://api.deepseek.com' }], chat_path: '/chat/completions' };

describe('the hint about an address', () => {
  it.each([
    ['https://api.openai.com/v1', openAi],
    ['https://api.openai.com/v1/', openAi],
    ['https://gateway.example.org/openai/v1', openAi],
    ['https://api.deepseek.com/v1', deepSeek],
    ['http://gpu-1:11434', ollama],
    ['not yet an address', openAi],
  ])('says nothing about %s', (typed, provider) => {
    expect(addressHint(typed, provider)).toBeNull();
  });

  it('finds a version that is doubled', () => {
    const hint = { kind: 'doubled', meant: 'https://gateway.example.org/v1' };
    expect(addressHint('https://gateway.example.org/v1/v1', openAi)).toEqual(hint);
  });

  it('finds a path that the provider does not answer at', () => {
    expect(addressHint('https://api.openai.com', openAi)).toEqual({ kind: 'path', meant: 'https://api.openai.com/v1' });
  });

  it('finds a server of one’s own without its version', () => {
    const hint = { kind: 'version', meant: 'http://gpu-1:8001/v1' };
    expect(addressHint('http://gpu-1:8001', { addresses: [], chat_path: '/chat/completions' })).toEqual(hint);
  });
});
