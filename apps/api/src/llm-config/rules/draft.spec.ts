import { InvalidInput } from '../../platform/errors/domain-error.js';
import { FOR_ALL } from '../access/config-access.js';
import { checkedDraft, type Draft } from './draft.js';

const aDraft = (values: Partial<Draft> = {}): Draft => ({
  name: 'main',
  provider: 'openai',
  modelName: 'gpt-6-luna',
  baseUrl: null,
  maxTokens: null,
  temperature: null,
  topP: null,
  frequencyPenalty: null,
  presencePenalty: null,
  description: null,
  isActive: true,
  isDefault: false,
  isEmbedding: false,
  extraConfig: null,
  tags: [],
  fallbackIds: [],
  access: FOR_ALL,
  ...values,
});

const refusedFields = (values: Partial<Draft>, hasKey = true): string[] => {
  try {
    checkedDraft(aDraft(values), hasKey);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields.map(({ field }) => field);
    throw error;
  }
};

describe('a draft of a configuration', () => {
  it('needs a key unless it is for Ollama or vLLM', () => {
    expect(refusedFields({}, false)).toEqual(['api_key']);
    expect(refusedFields({ provider: 'ollama' }, false)).toEqual([]);
    expect(refusedFields({ provider: 'vllm', baseUrl: 'http://gpu-1:8001/v1' }, false)).toEqual([]);
  });

  it('needs an address for vLLM', () => {
    expect(refusedFields({ provider: 'vllm' })).toEqual(['base_url']);
  });

  it('is not for embeddings where the provider has none', () => {
    expect(refusedFields({ provider: 'deepseek', isEmbedding: true })).toEqual(['is_embedding']);
    expect(refusedFields({ provider: 'moonshot', isEmbedding: true })).toEqual(['is_embedding']);
    expect(refusedFields({ provider: 'tongyi', isEmbedding: true })).toEqual([]);
  });

  it('loses its sampling parameters when it is for embeddings', () => {
    const draft = checkedDraft(aDraft({ isEmbedding: true, maxTokens: 2048, temperature: 0.7, topP: 1 }), true);
    expect(draft).toMatchObject({ maxTokens: null, temperature: null, topP: null });
  });

  it('is no hotter than its provider takes', () => {
    expect(refusedFields({ provider: 'zhipu', temperature: 1.2 })).toEqual(['temperature']);
    expect(refusedFields({ provider: 'openai', temperature: 1.2 })).toEqual([]);
    expect(refusedFields({ provider: 'baidu', temperature: 0 })).toEqual(['temperature']);
  });

  it('is active when it is the default', () => {
    expect(refusedFields({ isDefault: true, isActive: false })).toEqual(['is_default']);
  });

  it('has a name a person can read', () => {
    expect(refusedFields({ name: '   ' })).toEqual(['name']);
    expect(refusedFields({ name: 'a\tb' })).toEqual(['name']);
    expect(refusedFields({ name: 'a\u0085b' })).toEqual(['name']);
    expect(checkedDraft(aDraft({ name: ' 主模型 🚀 ' }), true).name).toBe('主模型 🚀');
  });

  it('has tags without spaces around them, each once', () => {
    expect(checkedDraft(aDraft({ tags: [' prod ', 'PROD', '', '测试'] }), true).tags).toEqual(['prod', '测试']);
    expect(refusedFields({ tags: Array.from({ length: 21 }, (_, at) => `t${at}`) })).toEqual(['tags']);
    expect(refusedFields({ tags: ['x'.repeat(51)] })).toEqual(['tags']);
    expect(refusedFields({ tags: ['a\nb'] })).toEqual(['tags']);
  });

  it('has at most five fallbacks, each once', () => {
    const ids = Array.from({ length: 6 }, () => crypto.randomUUID());
    expect(refusedFields({ fallbackIds: ids })).toEqual(['fallback_ids']);
    expect(refusedFields({ fallbackIds: [ids[0], ids[0].toUpperCase()] })).toEqual(['fallback_ids']);
    expect(refusedFields({ fallbackIds: ids.slice(1) })).toEqual([]);
  });

  it('says everything that is wrong at once', () => {
    expect(refusedFields({ provider: 'moonshot', isEmbedding: true, name: ' ' }, false)).toEqual([
      'name',
      'api_key',
      'is_embedding',
    ]);
  });
});
