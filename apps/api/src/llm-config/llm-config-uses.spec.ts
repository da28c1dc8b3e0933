import { type LlmConfigUseCount, LlmConfigUses } from './llm-config-uses.js';

describe('LlmConfigUses', () => {
  const uses = new LlmConfigUses();
  const counts: Record<string, LlmConfigUseCount> = {};
  for (const name of ['sessions', 'apps'])
    uses.register(name, () => Promise.resolve(new Map(counts[name] ? [['id', counts[name]]] : [])));

  it('says nothing of a configuration that nothing uses', async () => {
    expect(await uses.sentenceFor('id')).toBeNull();
    counts['apps'] = { count: 0, examples: [] };
    expect((await uses.of(['id'])).get('id')).toEqual([]);
  });

  it('names how many of what use it, with a few examples', async () => {
    counts['sessions'] = { count: 12, examples: ['a', 'b', 'c', 'd'] };
    counts['apps'] = { count: 1, examples: ['OpsAgent'] };
    expect(await uses.sentenceFor('id')).toBe('used by 12 sessions ("a", "b", "c", …) and 1 app ("OpsAgent")');
    expect(await uses.sentenceFor('another')).toBeNull();
  });
});
