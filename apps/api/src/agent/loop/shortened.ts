import { withoutSecrets } from '../safety/secrets.js';
import type { KeptArtifact } from '../artifacts/artifact-store.js';
import type { ToolResult } from '../tools/agent-tool.js';

/** The biggest field of a result, as text. */
export interface BigField {
  readonly name: string;
  readonly text: string;
  readonly mime: string;
}

/** What of a result fills it: a text as it is, a list with one item a line, or anything else as JSON. */
export function biggestField(result: ToolResult): BigField {
  const sized = Object.entries(result).map(([name, value]) => ({ name, value, size: sizeOf(value) }));
  const { name, value } = sized.reduce((biggest, field) => (field.size > biggest.size ? field : biggest));
  if (typeof value === 'string') return { name, text: value, mime: 'text/plain' };
  if (Array.isArray(value)) {
    const text = value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n');
    return {
      name,
      text,
      mime: value.every((item) => typeof item === 'string') ? 'text/plain' : 'application/x-ndjson',
    };
  }
  return { name, text: JSON.stringify(value, null, 1), mime: 'application/json' };
}

/** The result with the beginning and the end of that field, and where the rest is. */
export function withExcerpt(result: ToolResult, field: BigField, kept: KeptArtifact, room: number): ToolResult {
  const half = Math.max(200, Math.floor(room / 4));
  const { id, bytes, lines } = kept;
  const note = 'Only the beginning and the end are shown. Read or search the rest with artifact_read.';
  const beginning = wholeLines(withoutSecrets(field.text.slice(0, half)), 'start');
  const end = wholeLines(withoutSecrets(afterKey(field.text.slice(-half))), 'end');
  return { ...result, [field.name]: { artifact_id: id, bytes, lines, note, beginning, end } };
}

/** Whether a result takes more characters than this. */
export function isLongerThan(result: ToolResult, characters: number): boolean {
  return sizeOf(result) > characters;
}

/** Characters without the time that writing all of it as JSON would take. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 2;
  for (const [name, inner] of Object.entries(value)) size += name.length + 4 + sizeOf(inner);
  return size;
}

/** The end of a text may begin inside a private key. */
function afterKey(text: string): string {
  const end = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.exec(text);
  if (!end || text.slice(0, end.index).includes('-----BEGIN ')) return text;
  return text.slice(end.index + end[0].length);
}

/** Not half a line, where there are whole ones. */
function wholeLines(text: string, side: 'start' | 'end'): string {
  const cut = side === 'start' ? text.lastIndexOf('\n') : text.indexOf('\n');
  if (cut === -1) return text.toWellFormed();
  return side === 'start' ? text.slice(0, cut) : text.slice(cut + 1);
}
