/** How a text sounds, as lower-case syllables; a word of another script counts letter by letter. */
export type Pronounce = (text: string) => readonly string[];

/** The dictionary weighs more than the rest of the console, so it comes when something is first searched by sound. */
export async function loadPinyin(): Promise<Pronounce> {
  const { pinyin } = await import('pinyin-pro');
  return (text) =>
    pinyin(text.toLowerCase(), { toneType: 'none', type: 'array', v: true }).filter(
      (syllable) => syllable.trim() !== '',
    );
}
