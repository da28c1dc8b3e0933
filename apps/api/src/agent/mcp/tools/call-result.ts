import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { canonical } from '../../approvals/arguments-hash.js';
import type { ToolResult } from '../../tools/agent-tool.js';
import { oneLine, withoutValues } from './foreign-text.js';

/** A failure's words stand where the model looks for them; the rest of a long one stands in the text. */
const LONGEST_MESSAGE = 1_000;

const MOST_LEVELS = 60;
const LONGEST_COMPARED = 200_000;

type Block = CallToolResult['content'][number];

interface Called {
  readonly source: string;
  readonly query: string;
  /** What must not come back. */
  readonly hidden: readonly string[];
}

/** What a server answered to a call, as the model reads it: its texts, its data, and the names of what is neither. */
export function resultOf({ content, structuredContent, isError }: CallToolResult, called: Called): ToolResult {
  const { source, query, hidden } = called;
  const text = withoutValues(content.map(textOf).filter(Boolean).join('\n\n'), hidden);
  const data = structuredContent && dataOf(structuredContent, hidden);
  const attachments = content.flatMap((block) => nameOf(block) ?? []);
  const isTwice = data !== undefined && isSameData(text, data);
  const result = {
    ...{ query, source },
    ...(text === '' || isTwice ? {} : { text }),
    ...(data === undefined ? {} : { data }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map((name) => withoutValues(name, hidden)) }),
  };
  if (isError) return { status: 'error', message: oneLine(text, LONGEST_MESSAGE) || 'The tool failed.', ...result };
  return text === '' && data === undefined && attachments.length === 0
    ? { status: 'ok', message: 'The tool answered nothing.', ...result }
    : { status: 'ok', ...result };
}

function textOf(block: Block): string {
  if (block.type === 'text') return block.text;
  return block.type === 'resource' && 'text' in block.resource
    ? `${oneLine(block.resource.uri, 500)}:\n${block.resource.text}`
    : '';
}

/** What is not shown to a model, and is not fetched for it either. */
function nameOf(block: Block): string | undefined {
  if (block.type === 'image' || block.type === 'audio') return sized(block.type, block.mimeType, block.data);
  if (block.type === 'resource_link') return oneLine(`link ${block.uri} ${block.name}`, 500);
  if (block.type === 'resource' && 'blob' in block.resource) {
    return sized(`file ${block.resource.uri}`, block.resource.mimeType, block.resource.blob);
  }
  return undefined;
}

function sized(what: string, type: string | undefined, base64: string): string {
  return oneLine(`${what}, ${type ?? 'of an unknown type'}, ${Math.floor(base64.length * 0.75)} bytes, not shown`, 500);
}

function dataOf(data: Record<string, unknown>, hidden: readonly string[]): unknown {
  if (isDeeper(data, MOST_LEVELS)) return 'Its data is nested too deeply to be read.';
  const text = JSON.stringify(data);
  const escaped = hidden.map((value) => JSON.stringify(value).slice(1, -1));
  return escaped.some((value) => text.includes(value)) ? JSON.parse(withoutValues(text, escaped)) : data;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Servers write their data once more as text, for clients that know no data. */
function isSameData(text: string, data: unknown): boolean {
  if (text.length > LONGEST_COMPARED || !text.trimStart().startsWith('{')) return false;
  try {
    return canonical(JSON.parse(text)) === canonical(data);
  } catch {
    return false;
  }
}
