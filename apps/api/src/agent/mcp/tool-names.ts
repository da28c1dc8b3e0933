import { createHash } from 'node:crypto';

/** What every provider takes as the name of a tool. */
const LONGEST = 64;
const HASH = 8;

/** The name of a server's tool as a model calls it; no tool of ours and of no other server has it. */
export function offeredName(server: string, tool: string): string {
  const prefix = `mcp__${server}__`;
  if (/^[a-zA-Z0-9_-]+$/.test(tool) && prefix.length + tool.length <= LONGEST) return prefix + tool;
  const hash = createHash('sha256').update(tool).digest('hex').slice(0, HASH);
  const readable = tool.replaceAll(/[^a-zA-Z0-9_-]+/g, '_').slice(0, LONGEST - prefix.length - HASH - 1);
  return `${prefix}${readable}_${hash}`;
}
