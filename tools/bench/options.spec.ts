import { readOptions, SUITES } from './options.ts';

describe('the command line', () => {
  it('asks for everything, three rounds of three seconds', () => {
    expect(readOptions([])).toMatchObject({ rounds: 3, seconds: 3, suites: SUITES, write: null, section: 'figures' });
  });

  it('keeps the order of the parts', () => {
    expect(readOptions(['--only', 'streaming, blocking'])?.suites).toEqual(['blocking', 'streaming']);
  });

  it.each([
    [['--rounds', '0'], '--rounds 0 is not a whole number from 1 to 20'],
    [['--seconds', '31'], '--seconds 31 is not a whole number from 1 to 30'],
    [['--only', 'speed'], '--only speed is none of'],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});
