import { LlmConfigUses } from './llm-config-uses.js';

describe('LlmConfigUses', () => {
  const uses = new LlmConfigUses();
  const counts: Record<string, { count: number; examples: string[] }> = {};
  for (const name of ['sessions', 'apps']) {
    uses.register(name, () => Promise.resolve(counts[name] ?? { count: 0, examples: [] }));
  }

  it('says nothing of a configuration that nothing uses', async () => {
    expect(await uses.sentenceFor('id')).toBeNull();
  });

  it('names how many of what use it, with a few examples', async () => {
    counts['sessions'] = { count: 12, examples: ['a', 'b', 'c', 'd'] };
    counts['apps'] = { count: 1, examples: ['OpsAgent'] };
    expect(await uses.sentenceFor('id')).toBe('used by 12 sessions ("a", "b", "c", …) and 1 app ("OpsAgent")');
  });
});
