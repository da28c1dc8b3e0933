import { scenariosOf, VARIANTS } from './incident.ts';
import { INCIDENTS } from './incidents/all.ts';
import { fits, readOptions } from './options.ts';
import { listOf, tableOf } from './report.ts';
import { languageOf } from './score/text.ts';

describe('the list of the evaluation pack', () => {
  const scenarios = scenariosOf(INCIDENTS);

  it('has one line a scenario, and last how many there are', () => {
    const lines = listOf(scenarios).split('\n');
    expect(lines.at(-1)).toBe('48 scenarios');
    expect(scenarios).toHaveLength(INCIDENTS.length * VARIANTS.length);
    expect(lines).toHaveLength(scenarios.length + 1);
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('asks the same in every variant, in the language it says', () => {
    for (const { question, language } of INCIDENTS) expect(languageOf(question)).toBe(language);
    expect(new Set(INCIDENTS.map(({ language }) => language)).size).toBe(2);
  });
});

describe('the command line of the evaluation', () => {
  it('chooses scenarios by a pattern', () => {
    expect(fits('nginx-502/fault', undefined)).toBe(true);
    expect(fits('nginx-502/fault', '*/fault')).toBe(true);
    expect(fits('nginx-502/fault', 'nginx-502')).toBe(true);
    expect(fits('nginx-502/fault', 'nginx.502')).toBe(false);
  });

  it('wants a provider and a model together', () => {
    expect(() => readOptions(['--provider', 'openai'])).toThrow('--provider and --model go together');
    expect(readOptions(['--provider', 'openai', '--model', 'm'])?.model).toMatchObject({
      provider: 'openai',
      name: 'm',
    });
  });

  it('tells why something failed in one row', () => {
    const table = tableOf([{ id: 'a/fault', result: 'failed', why: ['one\ntwo', 'a|b'], seconds: 1 }]);
    expect(table.split('\n').at(-1)).toContain('one two; a/b');
  });
});
