/** What a credential looks like in a text: headers, key-like words, and passwords inside addresses. */
const CREDENTIALS = [
  /(?<=\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
  /\b(?:sk|app|ops)-[A-Za-z0-9_-]{8,}/g,
  /(?<=\b(?:authorization|cookie|set-cookie|x-api-key|api-key|api_key)["']?\s*[:=]\s*["']?)[^\s"',;]+/gi,
  /(?<=:\/\/[^\s:/@]+:)[^\s@/]+(?=@)/g,
];

/** The text without whatever looks like a credential; the last line of defence of the log. */
export function redacted(text: string): string {
  return CREDENTIALS.reduce((safe, pattern) => safe.replaceAll(pattern, '[redacted]'), text);
}
