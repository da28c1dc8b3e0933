/** What a credential looks like in a text: headers, key-like words, and what stands in addresses besides the place. */
const CREDENTIALS = [
  /(?<=\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
  /\b(?:sk|app|ops)-[A-Za-z0-9_-]{8,}/g,
  /(?<=\b(?:authorization|cookie|set-cookie|x-api-key|api-key|api_key)["']?\s*[:=]\s*["']?)[^\s"',;]+/gi,
  /(?<=:\/\/)[^\s/?#]+(?=@)/g,
  /(?<=:\/\/[^\s?#]+[?#])[^\s"'<>)]+/g,
];

/** Where PostgreSQL repeats the values of a statement in what it says of it. */
const VALUES = [
  /(?<=\binvalid input (?:syntax|value)[^:\n]*: )".*"/gs,
  /(?<=\bKey \([^)\n]*\)=\().*(?=\))/g,
  /(?<=\bFailing row contains \().*(?=\))/gs,
];

/** The text without whatever looks like a credential or a stored value; the last line of defence of the log. */
export function redacted(text: string): string {
  return [...CREDENTIALS, ...VALUES].reduce((safe, pattern) => safe.replaceAll(pattern, '[redacted]'), text);
}
