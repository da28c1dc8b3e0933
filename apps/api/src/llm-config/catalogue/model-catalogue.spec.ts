import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../platform/config/read-environment.js';
import { ModelCatalogue } from './model-catalogue.js';
import { CatalogueInvalid, readCatalogue } from './read-catalogue.js';

const OWN = { provider: 'openai', model: 'gpt-4o', context_window: 1000, source: 'our contract' };

const file = (...entries: object[]): string => JSON.stringify({ as_of: '2027-01-02', entries });

describe('the model catalogue', () => {
  let folder: string;
  let path: string;
  let catalogue: ModelCatalogue;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
    path = join(folder, 'models.json');
    catalogue = new ModelCatalogue(readEnvironment({ OPSAGENT_MODEL_CATALOGUE: path }));
  });

  afterEach(async () => {
    catalogue.onApplicationShutdown();
    await rm(folder, { recursive: true });
  });

  /** Each one later than the one before, whatever the clock of the files says. */
  let writes = 0;
  const write = async (text: string): Promise<void> => {
    await writeFile(path, text);
    await utimes(path, 1_800_000_000, 1_800_000_000 + ++writes);
  };

  it('knows models by their names, other names and patterns, each with its day and source', () => {
    expect(catalogue.find('deepseek', 'deepseek-v4-flash')).toMatchObject({
      model: 'deepseek-flash',
      as_of: '2026-11-22',
    });
    expect(catalogue.find('ollama', 'bge-m3:latest')).toMatchObject({ is_embedding: true, dimensions: 1024 });
    expect(catalogue.find('openai', 'deepseek-flash')).toBeNull();
    for (const { source, as_of } of catalogue.all())
      expect([source, as_of]).toEqual([expect.any(String), '2026-11-22']);
  });

  it("takes an operator's file over its own entries, and again when it changes", async () => {
    await write(file(OWN));
    await catalogue.onModuleInit();
    expect(catalogue.find('openai', 'gpt-4o')).toMatchObject({ context_window: 1000, as_of: '2027-01-02' });
    expect(catalogue.find('openai', 'gpt-4o')?.prices).toBeUndefined();
    expect(catalogue.find('openai', 'gpt-4o-mini')).toMatchObject({ max_output: 16_384 });
    await write(file({ ...OWN, model: 'own-model' }));
    await catalogue.refresh();
    expect(catalogue.find('openai', 'own-model')).not.toBeNull();
    expect(catalogue.find('openai', 'gpt-4o')).toMatchObject({ context_window: 128_000 });
  });

  it('stays as it is while the file is broken or missing', async () => {
    await catalogue.onModuleInit();
    expect(catalogue.find('openai', 'gpt-4o')).toMatchObject({ context_window: 128_000 });
    await write(file(OWN));
    await catalogue.refresh();
    await write('{"as_of":');
    await catalogue.refresh();
    expect(catalogue.find('openai', 'gpt-4o')).toMatchObject({ context_window: 1000 });
  });

  it.each([
    ['no JSON', '{', /no JSON/],
    ['no day', '{"entries":[]}', /as_of is missing/],
    ['an unknown provider', file({ ...OWN, provider: 'nobody' }), /entry 1: provider/],
    ['no source', file(OWN, { provider: 'openai', model: 'm' }), /entry 2: source is missing/],
    ['an unknown field', file({ ...OWN, cost: 1 }), /cost is not known/],
    ['a number for a price', file({ ...OWN, prices: [{ currency: 'USD', input: 1, output: '1' }] }), /prices/],
    ['an unknown time zone', file({ ...OWN, prices: [withHours('Mars/Base')] }), /prices/],
    ['a prototype key', `{"as_of":"2026-01-01","entries":[],"__proto__":{}}`, /__proto__/],
  ])('refuses a file with %s', (_what, text, problem) => {
    expect(() => readCatalogue(text)).toThrow(CatalogueInvalid);
    expect(() => readCatalogue(text)).toThrow(problem);
  });
});

function withHours(time_zone: string): object {
  return { currency: 'USD', input: '1', output: '1', hours: { time_zone, days: [1], ranges: ['09:00-10:00'] } };
}
