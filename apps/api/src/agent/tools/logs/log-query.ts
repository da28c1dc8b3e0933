import { momentOf } from '../moments.js';
import { LOG_LEVELS, type LogLevel } from './line-level.js';

export const LOG_MODES = ['lines', 'count', 'patterns'] as const;
type LogMode = (typeof LOG_MODES)[number];

/** What the model sends. */
export interface LogsSearchInput {
  source?: string;
  query?: string;
  regex?: boolean;
  since?: string;
  until?: string;
  level?: LogLevel;
  service?: string;
  labels?: { name: string; value: string }[];
  file?: string;
  mode?: LogMode;
  limit?: number;
  around?: number;
}

/** What is looked for, the same for every kind of source. */
export interface LogQuery {
  /** All of them stand in the line, in upper or lower case. */
  readonly words: readonly string[];
  /** None of them does. */
  readonly without: readonly string[];
  /** Instead of words: a regular expression. */
  readonly pattern?: string;
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** This level or a worse one. */
  readonly level?: LogLevel;
  readonly service?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly file?: string;
  readonly mode: LogMode;
  readonly limit: number;
  /** How many neighbours of each line are shown, on both sides. */
  readonly around: number;
}

const USUAL_LINES = 50;
const USUAL_PATTERNS = 25;
const MOST_LINES = 500;
const MOST_AROUND = 20;
const MOST_WITH_NEIGHBOURS = 10;
/** Reads an input. @returns a sentence when it makes no sense */
export function logQueryOf(input: LogsSearchInput, nowMs: number): LogQuery | string {
  const { query = '', mode = 'lines', around = 0, limit = mode === 'patterns' ? USUAL_PATTERNS : USUAL_LINES } = input;
  const [sinceMs, untilMs] = [momentOf(input.since, nowMs), momentOf(input.until, nowMs)];
  if (Number.isNaN(sinceMs)) return notATime('since');
  if (Number.isNaN(untilMs)) return notATime('until');
  if (sinceMs !== undefined && sinceMs >= (untilMs ?? nowMs + 1))
    return 'since must be before until, and not in the future.';
  if (input.regex && !isPattern(query)) return `query is no regular expression: ${query}`;
  return {
    ...(input.regex && query !== '' ? { words: [], without: [], pattern: query } : wordsOf(query)),
    ...{ sinceMs, untilMs, level: input.level, service: input.service || undefined, file: input.file || undefined },
    labels: Object.fromEntries((input.labels ?? []).map(({ name, value }) => [name, value])),
    mode,
    limit: Math.min(Math.max(1, limit), MOST_LINES),
    around: mode === 'lines' ? Math.min(Math.max(0, around), MOST_AROUND) : 0,
  };
}

/** Words and "phrases"; those after a minus must be absent. */
export function wordsOf(query: string): Pick<LogQuery, 'words' | 'without'> {
  const words: string[] = [];
  const without: string[] = [];
  for (const [, minus, phrase, word] of query.matchAll(/(?<!\S)(-?)(?:"([^"]+)"|(\S+))/g)) {
    // A minus alone, or before a number or an option, is part of the text.
    const isAbsent = minus === '-' && /^[\p{L}"]/u.test(phrase ?? word ?? '');
    const text = phrase ?? word ?? '';
    (isAbsent ? without : words).push(isAbsent ? text : `${minus}${text}`);
  }
  return { words, without };
}

/** Neighbours are asked for one entry after the other where they are not at hand, so for few only. */
export function withFewNeighbours(query: LogQuery): LogQuery {
  return query.around === 0 ? query : { ...query, limit: Math.min(query.limit, MOST_WITH_NEIGHBOURS) };
}

/** A query as a person would write it down. */
export function inWords({ words, without, pattern, sinceMs, untilMs, level, file, mode }: LogQuery): string {
  const said = (word: string): string => (/\s/.test(word) ? `"${word}"` : word);
  const text =
    pattern === undefined ? [...words.map(said), ...without.map((word) => `-${said(word)}`)] : [`/${pattern}/`];
  const time = [
    ...(sinceMs === undefined ? [] : [`since ${new Date(sinceMs).toISOString()}`]),
    ...(untilMs === undefined ? [] : [`until ${new Date(untilMs).toISOString()}`]),
  ];
  const where = [...(level === undefined ? [] : [`level ${level}+`]), ...(file === undefined ? [] : [`in *${file}*`])];
  return [mode, ...(text.length === 0 ? ['of everything'] : text), ...where, ...time].join(' ');
}

/** Whether a level is among those that are asked for. */
export function isAsBadAs(level: LogLevel | undefined, asked: LogLevel): boolean {
  return level !== undefined && LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(asked);
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function notATime(field: string): string {
  return `${field} must be a time such as 15m, 2h, 2026-01-31T08:00:00Z or now.`;
}
