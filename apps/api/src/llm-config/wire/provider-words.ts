const LONGEST = 500;

/** More is not looked at: a page of a hostile server must not keep the process busy. */
const LOOKED_AT = 2000;

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
  let text = words
    .slice(0, 10 * LOOKED_AT)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LOOKED_AT);
  const secrets = [key ?? '', ...Object.values(headers)].filter(({ length }) => length >= SHORTEST_SECRET);
  for (const secret of secrets) {
    for (const spelling of spellingsOf(secret)) text = text.replaceAll(spelling, '[key]');
    // Any other mixture of escapes: nothing of it can be kept.
    if (unescaped(text).includes(secret)) return '[key]';
  }
  for (const pattern of CREDENTIALS) text = text.replace(pattern, '[key]');
  if (key) text = text.replace(PART, (part) => (key.includes(part) ? '[key]' : part));
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text || undefined;
}

/** A secret as it is, as a part of an address, and encoded as for HTTP Basic. */
function spellingsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  const encoded = [encodeURIComponent(secret), encodeURI(secret), base64.replace(/=+$/, '')];
  return [secret, ...encoded, Buffer.from(secret).toString('base64url')];
}

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
