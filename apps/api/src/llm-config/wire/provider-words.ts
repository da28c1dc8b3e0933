const LONGEST = 500;

/** Shorter ones are no secrets, and words of every language besides. */
const SHORTEST_SECRET = 6;

/** What looks like a credential, whole or half masked: providers echo parts of the key they refuse. */
const CREDENTIALS = [
  /\bbearer\s+[^\s"',]+/gi,
  /\b(x-)?api[-_]?key["']?\s*[:=]\s*["']?[^\s"',]{6,}/gi,
  /\b(sk|pk|ak|bce-v3)[-/][\w*./-]{4,}/gi,
  /\beyJ[\w-]{10,}(\.[\w-]+)*/g,
  /[^\s"',:=]*\*{3,}[^\s"',]*/g,
];

/** Long enough to be a part of a key rather than a word. */
const PART = /[\w-]{8,}/g;

/** A provider's own words, fit to be shown: without the key, the custom headers or anything like them, on one line, at most 500 characters. */
export function fitToShow(
  words: string,
  key: string | null,
  headers: Readonly<Record<string, string>> = {},
): string | undefined {
  let text = words;
  for (const secret of [key ?? '', ...Object.values(headers)]) {
    if (secret.length >= SHORTEST_SECRET) text = text.replaceAll(secret, '[key]');
  }
  for (const pattern of CREDENTIALS) text = text.replace(pattern, '[key]');
  if (key) text = text.replace(PART, (part) => (key.includes(part) ? '[key]' : part));
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line || undefined;
}
