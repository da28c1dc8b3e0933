import type { LogQuery } from './log-query.js';

type Asked = Pick<LogQuery, 'words' | 'without' | 'pattern'>;

/** Tells which texts fit words or a regular expression. */
export class LineMatch {
  private readonly present: readonly RegExp[];
  private readonly absent: readonly RegExp[];
  private readonly isPattern: boolean;

  constructor({ words, without, pattern }: Asked) {
    this.isPattern = pattern !== undefined;
    this.present = pattern === undefined ? words.map(literal) : [patternOf(pattern)];
    this.absent = without.map(literal);
  }

  fits(text: string): boolean {
    return this.present.every((one) => one.test(text)) && !this.absent.some((one) => one.test(text));
  }

  /** Whether a text of many lines can hold one that fits; looks at all of it at once, which is quick. */
  mayFitIn(text: string): boolean {
    return this.isPattern || this.present.every((one) => one.test(text));
  }

  /** Where in a text that fits the reason stands. */
  placeIn(text: string): number {
    return Math.max(0, this.present[0] === undefined ? 0 : text.search(this.present[0]));
  }
}

/** Ignores case unless the pattern has an upper-case letter of its own. */
export function ignoresCase(pattern: string): boolean {
  return !/\p{Lu}/u.test(pattern.replaceAll(/\\[pP]\{[^}]*\}|\\./gu, ''));
}

function patternOf(pattern: string): RegExp {
  return new RegExp(pattern, ignoresCase(pattern) ? 'i' : '');
}

function literal(word: string): RegExp {
  return new RegExp(word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i');
}
