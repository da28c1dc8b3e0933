import type { Pronounce } from './command-search.js';

/** The dictionary weighs more than the rest of the console, so it comes when the palette is first opened. */
export async function loadPinyin(): Promise<Pronounce> {
  const { pinyin } = await import('pinyin-pro');
  return (text) =>
    pinyin(text.toLowerCase(), { toneType: 'none', type: 'array', v: true }).filter(
      (syllable) => syllable.trim() !== '',
    );
}
