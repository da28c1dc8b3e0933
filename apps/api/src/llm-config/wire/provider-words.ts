const LONGEST = 500;

/** What looks like a credential, whole or half masked: providers echo parts of the key they refuse. */
const CREDENTIALS = [/bearer\s+[^\s"',]+/gi, /\b(sk|pk|ak|bce-v3)[-/][\w*./-]{4,}/gi, /[^\s"',:=]*\*{3,}[^\s"',]*/g];

/** A provider's own words, fit to be shown: without the key or anything like one, on one line, at most 500 characters. */
export function fitToShow(words: string | undefined, key: string | null): string | undefined {
  if (words === undefined) return undefined;
  let text = key ? words.replaceAll(key, '[key]') : words;
  for (const pattern of CREDENTIALS) text = text.replace(pattern, '[key]');
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line || undefined;
}
