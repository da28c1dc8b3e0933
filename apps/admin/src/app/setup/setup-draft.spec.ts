import { freeName, inputOf } from './setup-draft.js';

describe('the name of the first configuration', () => {
  it('is the provider’s', () => {
    expect(freeName('deepseek', [])).toBe('deepseek');
  });

  it('gets the first free number when it is taken, in whatever case', () => {
    expect(freeName('deepseek', ['DeepSeek', 'deepseek-2', 'openai'])).toBe('deepseek-3');
  });
});

describe('what is sent', () => {
  it('is trimmed, and empty means the provider’s own', () => {
    const draft = { provider: 'openai', api_key: ' sk-1 ', base_url: ' ', model_name: 'gpt ' } as const;
    expect(inputOf(draft, 'openai')).toEqual({
      name: 'openai',
      provider: 'openai',
      model_name: 'gpt',
      api_key: 'sk-1',
      base_url: null,
    });
  });
});
