import { LOG_LEVELS, levelOf, type LogLevel } from './line-level.js';
import { templateOf } from './line-template.js';
import type { LogQuery } from './log-query.js';

/** One entry of a log: a line, with the lines of its stack trace. */
export interface LogEntry {
  /** Unix milliseconds; undefined when nothing tells. */
  readonly at: number | undefined;
  readonly text: string;
  /** The file, unit or stream. */
  readonly origin: string;
  /** Known otherwise than from the text. */
  readonly level?: LogLevel | undefined;
  /** When the whole of it was last written to, where the entry has no time. */
  readonly near?: number;
  before?: readonly string[];
  after?: readonly string[];
}

/** Longest text of an entry that is shown; of a longer one its beginning and its end, where stack traces tell the cause. */
const LONGEST_TEXT = 2_000;
const HEAD = 1_200;
const TAIL = LONGEST_TEXT - HEAD;

/** A long text, shortened so that the place for which it is shown stays in it. */
export function cut(text: string, place = 0): string {
  if (text.length <= LONGEST_TEXT) return text;
  const left = `… (${text.length - LONGEST_TEXT} characters left out) …`;
  if (place < HEAD || place >= text.length - TAIL) {
    return `${text.slice(0, HEAD).toWellFormed()}${left}${text.slice(-TAIL).toWellFormed()}`;
  }
  const start = place - LONGEST_TEXT / 2;
  return `…${text.slice(start, start + LONGEST_TEXT).toWellFormed()}${left}`;
}

/** Gathers entries that fit, newest first, and tells of them. */
export interface Digest {
  /** @returns whether it wants no more of this origin */
  add(entry: LogEntry): boolean;
  /** From when on older entries do not matter any more. */
  readonly oldestMs: number | undefined;
  /** How many entries there were. */
  readonly count: number;
  told(): Record<string, unknown>;
}

/** @param namesOrigins whether lines of several origins are told with theirs, because they do not tell themselves */
export function digestFor({ mode, limit }: Pick<LogQuery, 'mode' | 'limit'>, namesOrigins = true): Digest {
  if (mode === 'count') return new Counts();
  return mode === 'patterns' ? new Patterns(limit) : new NewestLines(limit, namesOrigins);
}

/** The newest entries as they are, told from the oldest to the newest. */
class NewestLines implements Digest {
  private readonly limit: number;
  private readonly namesOrigins: boolean;
  private kept: LogEntry[] = [];
  private ofOrigin = 0;
  private origin: string | undefined;
  private hasMore = false;
  count = 0;

  constructor(limit: number, namesOrigins: boolean) {
    this.limit = limit;
    this.namesOrigins = namesOrigins;
  }

  get oldestMs(): number | undefined {
    this.trim();
    return this.kept.length < this.limit ? undefined : this.kept.at(-1)?.at;
  }

  add(entry: LogEntry): boolean {
    if (entry.origin !== this.origin) {
      this.origin = entry.origin;
      this.ofOrigin = 0;
    }
    if (this.ofOrigin === this.limit) {
      this.hasMore = true;
      return true;
    }
    this.count += 1;
    this.ofOrigin += 1;
    this.kept.push(entry);
    return false;
  }

  told(): Record<string, unknown> {
    this.trim();
    const shown = this.kept.toReversed();
    const origins = new Set(shown.map(({ origin }) => origin));
    const older = shown.find(({ at }) => at !== undefined)?.at;
    const before = older === undefined ? '' : ` For those before, ask again with until ${isoOf(older)}.`;
    return {
      shown: shown.length,
      ...(this.hasMore ? { more: `Older entries fit as well.${before} Or count them, or see their patterns.` } : {}),
      lines: shown.flatMap((entry) => linesOf(entry, this.namesOrigins && origins.size > 1)),
    };
  }

  private trim(): void {
    this.hasMore ||= this.kept.length > this.limit;
    this.kept = this.kept.sort(byNewest).slice(0, this.limit);
  }
}

function byNewest(a: LogEntry, b: LogEntry): number {
  return (b.at ?? b.near ?? 0) - (a.at ?? a.near ?? 0);
}

function linesOf({ origin, text, before, after }: LogEntry, isOneOfMany: boolean): string[] {
  const name = isOneOfMany ? `[${origin}] ` : '';
  if (before === undefined && after === undefined) return [name + text];
  const beside = (lines: readonly string[] = []): string[] => lines.map((line) => `  ${name}${line}`);
  return [...beside(before), `> ${name}${text}`, ...beside(after)];
}

const MOST_BUCKETS = 2_000;
const SHOWN_BUCKETS = 24;
const MOST_ORIGINS = 20;

/** How many there are, over time, by level and by origin. */
class Counts implements Digest {
  readonly oldestMs = undefined;
  count = 0;
  private readonly levels = new Map<string, number>();
  private readonly origins = new Map<string, number>();
  private buckets = new Map<number, number>();
  private widthMs = 1_000;
  private first: number | undefined;
  private last: number | undefined;

  add({ at, text, origin, level = levelOf(text) }: LogEntry): boolean {
    this.count += 1;
    increase(this.levels, level ?? 'unknown');
    increase(this.origins, origin);
    if (at === undefined) return false;
    this.first = Math.min(this.first ?? at, at);
    this.last = Math.max(this.last ?? at, at);
    increase(this.buckets, Math.floor(at / this.widthMs));
    if (this.buckets.size > MOST_BUCKETS) this.widen(this.widthMs * 4);
    return false;
  }

  told(): Record<string, unknown> {
    const span = (this.last ?? 0) - (this.first ?? 0);
    const width =
      NICE_WIDTHS_MS.find((ms) => ms >= this.widthMs && span / ms < SHOWN_BUCKETS) ?? Math.ceil(span / SHOWN_BUCKETS);
    const told = new Map<number, number>();
    for (const [bucket, count] of this.buckets) increase(told, Math.floor((bucket * this.widthMs) / width), count);
    const overTime = [...told].sort(([a], [b]) => a - b).map(([bucket, count]) => [isoOf(bucket * width), count]);
    const known = [...LOG_LEVELS, 'unknown'].filter((level) => this.levels.has(level));
    return {
      count: this.count,
      by_level: Object.fromEntries(known.map((level) => [level, this.levels.get(level)])),
      by_origin: Object.fromEntries(biggest(this.origins, MOST_ORIGINS)),
      ...(this.first === undefined || this.last === undefined
        ? {}
        : { first: isoOf(this.first), last: isoOf(this.last) }),
      ...(overTime.length === 0 ? {} : { bucket: `${width / 1000}s`, over_time: overTime }),
    };
  }

  private widen(widthMs: number): void {
    const wider = new Map<number, number>();
    for (const [bucket, count] of this.buckets) increase(wider, Math.floor((bucket * this.widthMs) / widthMs), count);
    this.buckets = wider;
    this.widthMs = widthMs;
  }
}

const NICE_WIDTHS_MS = [1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 86_400, 604_800].map(
  (s) => s * 1_000,
);

interface Pattern {
  readonly template: string;
  count: number;
  readonly level: LogLevel | undefined;
  first: number | undefined;
  last: number | undefined;
  readonly example: string;
}

const MOST_PATTERNS = 5_000;
const LONGEST_EXAMPLE = 400;

/** Entries that differ in numbers, ids and addresses only, together. */
class Patterns implements Digest {
  readonly oldestMs = undefined;
  count = 0;
  private readonly limit: number;
  private readonly patterns = new Map<string, Pattern>();
  private forgotten = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  add({ at, text, level }: LogEntry): boolean {
    this.count += 1;
    const template = templateOf(text);
    const known = this.patterns.get(template);
    if (known) {
      known.count += 1;
      known.first = at ?? known.first;
      known.last ??= at;
      return false;
    }
    const example = text.slice(0, LONGEST_EXAMPLE).toWellFormed();
    const found = { template, count: 1, level: level ?? levelOf(text), first: at, last: at, example };
    this.patterns.set(template, found);
    if (this.patterns.size > MOST_PATTERNS) this.forgetRare();
    return false;
  }

  told(): Record<string, unknown> {
    const all = [...this.patterns.values()].sort((a, b) => b.count - a.count);
    const patterns = all.slice(0, this.limit).map(({ template, count, level, first, last, example }) => ({
      count,
      ...(level === undefined ? {} : { level }),
      pattern: template,
      ...(first === undefined ? {} : { first: isoOf(first) }),
      ...(last === undefined ? {} : { last: isoOf(last) }),
      newest: example,
    }));
    const rest = all.slice(this.limit).reduce((sum, { count }) => sum + count, this.forgotten);
    const left = all.length - patterns.length;
    return {
      count: this.count,
      distinct: this.forgotten > 0 ? `more than ${MOST_PATTERNS}` : all.length,
      ...(rest > 0 ? { rest: `${rest} entries fall under ${left} rarer patterns.` } : {}),
      patterns,
    };
  }

  private forgetRare(): void {
    const rare = [...this.patterns.values()].sort((a, b) => a.count - b.count).slice(0, MOST_PATTERNS / 2);
    for (const { template, count } of rare) {
      this.patterns.delete(template);
      this.forgotten += count;
    }
  }
}

function increase<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function biggest(counts: ReadonlyMap<string, number>, most: number): [string, number][] {
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, most);
}

/** A moment as the model reads it. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
