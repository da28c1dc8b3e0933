import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, jsonOf } from '../../sources/http-source.js';
import { tenantOf } from '../../sources/kinds/loki.js';
import type { OpenSource } from '../../sources/source-kind.js';
import type { ToolResult } from '../agent-tool.js';
import { cut, digestFor, isoOf, type LogEntry } from './digest.js';
import { levelNamed, levelOf, namesFrom } from './line-level.js';
import { ignoresCase } from './line-match.js';
import { isAsBadAs, type LogQuery, withFewNeighbours } from './log-query.js';
import { LineTimes } from './line-time.js';

/** What Loki refuses, in its own words. */
export class LokiRefused extends Error {}

type Labels = Readonly<Record<string, string>>;

/** A stream as Loki answers it; values are `["nanoseconds", "line"]`, with labels of the line behind in newer ones. */
interface Stream {
  readonly stream: Labels;
  readonly values: readonly (readonly [string, string, Labels?])[];
}
interface Series {
  readonly values: readonly (readonly [number, string])[];
}

const HOUR_MS = 3_600_000;
/** More than this Loki refuses unless it is configured otherwise. */
const MOST_ENTRIES = 5_000;
const MOST_BYTES = 24 * 1024 * 1024;
const BUCKETS = 24;
const MOST_NAMED = 50;
/** Labels that every stream of most systems has one of; the first that there is stands for all streams. */
const COMMON = ['service_name', 'job', 'app', 'namespace', 'container', 'host', 'instance', 'filename'];
const OF_SERVICE = ['service_name', 'app', 'job', 'container', 'unit', 'service', 'component'];
const OF_LEVEL = ['level', 'severity', 'detected_level'];
const NOTHING = 'No line fits. Look for other words, a longer time, or leave out service and labels.';

/** Searches a Loki. @throws LokiRefused, SourceFailed, the reason of `signal` when it is aborted */
export function searchLoki(
  outbound: Outbound,
  source: OpenSource,
  query: LogQuery,
  signal: AbortSignal,
  nowMs: number,
): Promise<ToolResult> {
  const untilMs = query.untilMs ?? nowMs;
  const sinceMs = query.sinceMs ?? untilMs - HOUR_MS;
  return new LokiSearch(outbound, source, { ...withFewNeighbours(query), sinceMs, untilMs }, signal).run();
}

class LokiSearch {
  /** What there would have been to ask for: told where it helps to ask better. */
  private readonly known: { labels?: readonly string[]; services?: readonly string[] } = {};

  constructor(
    private readonly outbound: Outbound,
    private readonly source: OpenSource,
    private readonly query: LogQuery & { sinceMs: number; untilMs: number },
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<ToolResult> {
    const names = await this.ask<readonly string[] | undefined>('labels', {});
    const selector = await this.selector(names ?? []);
    if (selector === undefined)
      return { status: 'no_data', message: 'There are no logs of that time.', query: 'labels' };
    const logql = `${selector}${this.filters(names ?? [])}`;
    return this.query.mode === 'count' ? this.count(logql) : this.entries(logql, selector);
  }

  private async count(logql: string): Promise<ToolResult> {
    const { sinceMs, untilMs } = this.query;
    const step = Math.max(1, Math.ceil((untilMs - sinceMs) / 1000 / BUCKETS));
    const metric = `sum(count_over_time(${logql} [${step}s]))`;
    // Each point counts the step before it.
    const [start, end] = [inNanoseconds(sinceMs + step * 1000), inNanoseconds(untilMs + step * 1000)];
    const { result } = await this.ask<{ result: readonly Series[] }>('query_range', {
      query: metric,
      start,
      end,
      step: `${step}s`,
    });
    const points = (result[0]?.values ?? []).filter(([, count]) => Number(count) > 0);
    const about = { query: metric, ...this.about() };
    if (points.length === 0) return { status: 'no_data', message: NOTHING, ...about };
    const overTime = points.map(([seconds, count]) => [isoOf((seconds - step) * 1000), Number(count)]);
    const count = points.reduce((sum, [, one]) => sum + Number(one), 0);
    return { status: 'ok', ...about, count, bucket: `${step}s`, over_time: overTime };
  }

  private async entries(logql: string, selector: string): Promise<ToolResult> {
    const { mode, limit, level, around } = this.query;
    const most = mode === 'patterns' || level !== undefined ? MOST_ENTRIES : limit + 1;
    const found = await this.lines(logql, { direction: 'backward', limit: most });
    const digest = digestFor(this.query);
    const shown: { entry: LogEntry; nanoseconds: bigint }[] = [];
    for (const { entry, nanoseconds } of found) {
      if (level !== undefined && !isAsBadAs(entry.level, level)) continue;
      if (digest.add(entry)) break;
      if (around > 0) shown.push({ entry, nanoseconds });
    }
    const about = { query: logql, ...this.about() };
    if (digest.count === 0) return { status: 'no_data', message: NOTHING, ...about };
    for (const { entry, nanoseconds } of shown) await this.addNeighbours(entry, nanoseconds, selector);
    const isBounded = mode === 'patterns' && found.length === MOST_ENTRIES;
    const incomplete = isBounded
      ? { incomplete: `Only the newest ${MOST_ENTRIES} lines were read; narrow the time.` }
      : {};
    return { status: 'ok', ...about, ...incomplete, ...digest.told() };
  }

  private async addNeighbours(entry: LogEntry, at: bigint, selector: string): Promise<void> {
    const { around } = this.query;
    const hour = BigInt(HOUR_MS) * 1_000_000n;
    const older = { direction: 'backward', limit: around, start: String(at - hour), end: String(at) };
    const newer = { direction: 'forward', limit: around, start: String(at + 1n), end: String(at + hour) };
    entry.before = (await this.lines(selector, older)).map(({ entry: { text } }) => text).reverse();
    entry.after = (await this.lines(selector, newer)).map(({ entry: { text } }) => text);
  }

  /** In the order of `direction`. */
  private async lines(logql: string, more: { direction: string; limit: number; start?: string; end?: string }) {
    const { limit, ...range } = more;
    const asked = { query: logql, limit: String(limit), ...range };
    const { result } = await this.ask<{ result: readonly Stream[] }>('query_range', asked);
    const found = result.flatMap(({ stream, values }) =>
      values.map(([nanoseconds, line, labels]) => ({
        nanoseconds: BigInt(nanoseconds),
        entry: entryOf({ ...stream, ...labels }, nanoseconds, line),
      })),
    );
    const sign = more.direction === 'backward' ? -1 : 1;
    return found.sort((a, b) => (a.nanoseconds < b.nanoseconds ? -sign : a.nanoseconds > b.nanoseconds ? sign : 0));
  }

  /** Which streams; every query needs at least one label. */
  private async selector(names: readonly string[]): Promise<string | undefined> {
    const labels: [string, string][] = Object.entries(this.query.labels);
    const wrong = labels.find(([name]) => !/^[a-zA-Z_][\w:]*$/.test(name));
    if (wrong) throw new LokiRefused(`${JSON.stringify(wrong[0])} cannot be a label.`);
    if (this.query.service !== undefined)
      labels.push([await this.labelOfService(names, this.query.service), this.query.service]);
    if (labels.length > 0) return `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
    this.known.labels = names.slice(0, MOST_NAMED);
    const common = COMMON.find((name) => names.includes(name)) ?? names.find((name) => !name.startsWith('__'));
    return common === undefined ? undefined : `{${common}=~".+"}`;
  }

  private async labelOfService(names: readonly string[], service: string): Promise<string> {
    const candidates = OF_SERVICE.filter((name) => names.includes(name));
    for (const name of candidates) {
      const values = await this.ask<readonly string[] | undefined>(`label/${name}/values`, {});
      if (values?.includes(service)) return name;
      this.known.services ??= values?.slice(0, MOST_NAMED);
    }
    return candidates[0] ?? 'job';
  }

  private filters(names: readonly string[]): string {
    const { words, without, pattern, level } = this.query;
    const parts =
      pattern === undefined ? words.map((word) => ` |~ ${inAnyCase(word)}`) : [` |~ ${expression(pattern)}`];
    parts.push(...without.map((word) => ` !~ ${inAnyCase(word)}`));
    if (level === undefined) return parts.join('');
    const ofLevel = OF_LEVEL.find((name) => names.includes(name));
    const levels = namesFrom(level).join('|');
    parts.push(ofLevel === undefined ? ` |~ "(?i)\\\\b(${levels})\\\\b"` : ` | ${ofLevel}=~"(?i)(${levels})"`);
    return parts.join('');
  }

  private about(): Record<string, unknown> {
    return { from: isoOf(this.query.sinceMs), to: isoOf(this.query.untilMs), ...this.known };
  }

  private async ask<T>(path: string, query: Record<string, string>): Promise<T> {
    const range = { start: inNanoseconds(this.query.sinceMs), end: inNanoseconds(this.query.untilMs) };
    const answer = await askSource(this.outbound, this.source, {
      path: `/loki/api/v1/${path}`,
      query: { ...range, ...query },
      headers: tenantOf(this.source),
      maxBytes: MOST_BYTES,
      signal: this.signal,
    });
    if (answer.status !== 200) throw new LokiRefused(`HTTP ${answer.status}: ${answer.text.trim().slice(0, 500)}`);
    return jsonOf<{ data: T }>(this.source, answer).data;
  }
}

function entryOf(labels: Labels, nanoseconds: string, line: string): LogEntry {
  const at = Number(BigInt(nanoseconds) / 1_000_000n);
  const named = OF_LEVEL.map((name) => levelNamed(labels[name] ?? '')).find((level) => level !== undefined);
  const text = cut(line.trimEnd());
  return {
    at,
    text: new LineTimes(at).of(text) === undefined ? `${isoOf(at)} ${text}` : text,
    origin: OF_SERVICE.map((name) => labels[name]).find((value) => value !== undefined) ?? 'loki',
    level: named ?? levelOf(text),
  };
}

function inNanoseconds(ms: number): string {
  return `${Math.round(ms)}000000`;
}

function inAnyCase(word: string): string {
  return JSON.stringify(`(?i)${word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`);
}

function expression(pattern: string): string {
  return JSON.stringify(`${ignoresCase(pattern) ? '(?i)' : ''}${pattern}`);
}
