/** Line ends to some clients' line readers (Python's `splitlines`), though not to JSON or SSE. */
const LINE_END = /[\u0085\u2028\u2029]/;
const LINE_ENDS = new RegExp(LINE_END, 'g');

/** A value as JSON on one line, whoever counts the lines. */
export function jsonLine(value: string | object): string {
  const json = JSON.stringify(value);
  return LINE_END.test(json) ? json.replaceAll(LINE_ENDS, escaped) : json;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
