import type { Pronounce } from '../../data/pinyin.js';
import type { ComboGroup, ComboOption } from './combo-option.js';

/** Finds options by parts of their words and by pinyin, whole or by initials; their order and groups stay. */
export class OptionSearch {
  private readonly texts = new WeakMap<ComboOption, string>();

  constructor(private readonly pronounce: Pronounce | null) {}

  /** Every word of the query has to be found. */
  find<T extends ComboOption>(groups: readonly ComboGroup<T>[], query: string): readonly ComboGroup<T>[] {
    const sought = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (sought.length === 0) return groups;
    const isFound = (option: ComboOption) => sought.every((word) => this.textOf(option).includes(word));
    return groups
      .map(({ heading, options }) => ({ heading, options: options.filter(isFound) }))
      .filter(({ options }) => options.length > 0);
  }

  private textOf(option: ComboOption): string {
    const known = this.texts.get(option);
    if (known !== undefined) return known;
    const words = [option.label, ...(option.words ?? [])];
    const text = [...words, ...words.flatMap((word) => this.soundsOf(word))].join('\n').toLowerCase();
    this.texts.set(option, text);
    return text;
  }

  private soundsOf(word: string): string[] {
    if (!this.pronounce || !hasHan(word)) return [];
    const syllables = this.pronounce(word);
    return [syllables.map(([first]) => first).join(''), syllables.join('')];
  }
}

export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** The first `most` options of the groups, and how many are left out. */
export function atMost<T extends ComboOption>(
  groups: readonly ComboGroup<T>[],
  most: number,
): { groups: readonly ComboGroup<T>[]; rest: number } {
  const kept: ComboGroup<T>[] = [];
  let room = most;
  for (const { heading, options } of groups) {
    if (room > 0) kept.push({ heading, options: options.slice(0, room) });
    room -= options.length;
  }
  return { groups: kept, rest: Math.max(0, -room) };
}
