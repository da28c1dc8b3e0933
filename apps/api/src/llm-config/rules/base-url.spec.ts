import { InvalidInput } from '../../platform/errors/domain-error.js';
import { normalisedBaseUrl } from './base-url.js';

describe('a base URL', () => {
  it.each([
    ['https://api.example.com/v1', 'https://api.example.com/v1'],
    ['https://api.example.com/v1///', 'https://api.example.com/v1'],
    ['HTTPS://API.Example.com:443/v1/', 'https://api.example.com/v1'],
    ['https://api.example.com/v1/chat/completions', 'https://api.example.com/v1'],
    ['https://api.example.com/v1/chat/completions/', 'https://api.example.com/v1'],
    ['https://api.example.com/v1/embeddings', 'https://api.example.com/v1'],
    ['http://gpu-1:8001', 'http://gpu-1:8001'],
    ['http://[::1]:8001/v1', 'http://[::1]:8001/v1'],
    ['https://api.example.com/模型', 'https://api.example.com/%E6%A8%A1%E5%9E%8B'],
  ])('%s is stored as %s', (raw, stored) => {
    expect(normalisedBaseUrl(raw, 'openai')).toBe(stored);
  });

  it.each(['', '/v1', '/api', '/api/chat', '/v1/chat/completions', '/api/embed/'])(
    'of Ollama is the server’s, whatever wire is pasted: %s',
    (path) => {
      expect(normalisedBaseUrl(`http://localhost:11434${path}`, 'ollama')).toBe('http://localhost:11434');
    },
  );

  it.each([
    ['api.example.com/v1', /absolute address/],
    ['ftp://api.example.com', /http/],
    ['file:///etc/passwd', /http/],
    ['https://user:pass@api.example.com', /user name/],
    ['https://user@api.example.com', /user name/],
    ['https://api.example.com/v1?key=1', /query/],
    ['https://api.example.com/v1?', /query/],
    ['https://api.example.com/v1#x', /fragment/],
    ['https://api.exa\tmple.com', /blanks/],
    ['https://api.example.com\\@10.0.0.1', /backslashes/],
    [`https://api.example.com/${'界'.repeat(200)}`, /500 characters/],
  ])('%s is refused', (raw, reason) => {
    expect(() => normalisedBaseUrl(raw, 'openai')).toThrow(InvalidInput);
    expect(() => normalisedBaseUrl(raw, 'openai')).toThrow(reason);
  });
});
