import { setImmediate as othersFirst } from 'node:timers/promises';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { LineSearch } from '../artifacts/line-search.js';
import type { AgentTool, ToolContext, ToolResult } from './agent-tool.js';

interface ArtifactReadInput {
  artifact_id: string;
  mode?: 'lines' | 'search' | 'count';
  first_line?: number;
  lines?: number;
  pattern?: string;
  ignore_case?: boolean;
}

const USUAL_LINES = 100;
const MOST_CHARACTERS = 10_000;
const LONGEST_LINE = 2_000;
const MOST_MATCHES = 50;
const NOT_THERE = 'There is no artifact of this id in this conversation.';

/** Reads and searches what was too long for the model. */
export function artifactRead(artifacts: ArtifactStore): AgentTool<ArtifactReadInput> {
  return {
    name: 'artifact_read',
    description:
      'Reads a big result of an earlier call by its artifact_id: `lines` from first_line on, `search` for lines that match a regular expression (with their numbers), or `count` how many match.',
    parameters: {
      type: 'object',
      properties: {
        artifact_id: { type: 'string', maxLength: 36, description: 'The id that the result names.' },
        mode: { type: 'string', enum: ['lines', 'search', 'count'], description: '`lines` when left out.' },
        first_line: {
          type: 'integer',
          description: 'The line to begin with, from 1; a negative one counts from the end.',
        },
        lines: {
          type: 'integer',
          description: `How many lines; ${USUAL_LINES} when left out, fewer where they are long.`,
        },
        pattern: {
          type: 'string',
          maxLength: 500,
          description: 'For search and count: a regular expression for one line.',
        },
        ignore_case: { type: 'boolean', description: 'Whether upper and lower case are the same.' },
      },
      required: ['artifact_id'],
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Read a big result', zh: '读取大结果' },

    async run(input, context) {
      const found = isId(input.artifact_id) ? await artifacts.find(input.artifact_id, context.sessionId) : null;
      if (!found) return { status: 'error', message: NOT_THERE };
      if ((input.mode ?? 'lines') === 'lines') return readLines(artifacts, input, found.lines);
      if (!input.pattern) return { status: 'error', message: 'pattern is missing.' };
      return search(artifacts, { ...input, pattern: input.pattern }, context);
    },
  };
}

async function readLines(artifacts: ArtifactStore, input: ArtifactReadInput, all: number): Promise<ToolResult> {
  const wanted = input.first_line ?? 1;
  const first = wanted < 0 ? Math.max(1, all + 1 + wanted) : Math.max(1, wanted);
  const most = Math.max(1, input.lines ?? USUAL_LINES);
  const text: string[] = [];
  let left = MOST_CHARACTERS;
  for await (const part of artifacts.parts(input.artifact_id, first)) {
    for (const line of part.text.split('\n').slice(Math.max(0, first - part.firstLine))) {
      if (text.length >= most || left <= 0) break;
      text.push(cut(line));
      left -= Math.min(line.length, LONGEST_LINE) + 1;
    }
    if (text.length >= most || left <= 0) break;
  }
  if (text.length === 0) return { status: 'no_data', message: `It has ${all} lines.`, lines: all };
  const next = first + text.length;
  return {
    status: 'ok',
    first_line: first,
    lines: all,
    ...(next <= all ? { next_line: next } : {}),
    text: text.join('\n'),
  };
}

async function search(
  artifacts: ArtifactStore,
  {
    artifact_id: id,
    pattern,
    ignore_case: ignoresCase = false,
    mode,
    first_line: first = 1,
  }: ArtifactReadInput & { pattern: string },
  { signal }: ToolContext,
): Promise<ToolResult> {
  const matches: { line: number; text: string }[] = [];
  let count = 0;
  const lineSearch = LineSearch.start(pattern, ignoresCase, signal);
  try {
    for await (const part of artifacts.parts(id, Math.max(1, first))) {
      for (const at of await lineSearch.matchesIn(part.text)) {
        if (part.firstLine + at.line < first) continue;
        count += 1;
        if (matches.length < MOST_MATCHES) matches.push({ line: part.firstLine + at.line, text: cut(at.text) });
      }
      await othersFirst();
    }
  } finally {
    lineSearch.end();
  }
  if (count === 0) return { status: 'no_data', message: 'No line matches.', count };
  if (mode === 'count') return { status: 'ok', count };
  const left = count - matches.length;
  const more = left > 0 ? { message: `${left} more lines match: go on with first_line, or look for less.` } : {};
  return { status: 'ok', count, matches, ...more };
}

function cut(line: string): string {
  return line.length <= LONGEST_LINE
    ? line
    : `${line.slice(0, LONGEST_LINE).toWellFormed()}… (${line.length} characters)`;
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
