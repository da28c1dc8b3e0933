import type { Outbound } from '../../../platform/outbound/outbound.js';
import type { OpenSource } from '../../sources/source-kind.js';
import type { ToolResult } from '../agent-tool.js';
import { cut, digestFor, isoOf, type LogEntry } from './digest.js';
import { askElastic, fieldsOf, type LogFields } from './elastic-fields.js';
import { type ElasticQuery, elasticQueryOf } from './elastic-query.js';
import { levelNamed, levelOf } from './line-level.js';
import { type LogQuery, withFewNeighbours } from './log-query.js';

type Document = Readonly<Record<string, unknown>>;

interface Hit {
  readonly _index: string;
  readonly _source?: Document;
  readonly sort?: readonly unknown[];
}
interface Answer {
  readonly timed_out?: boolean;
  readonly hits: {
    readonly total?: { readonly value: number; readonly relation?: string };
    readonly hits: readonly Hit[];
  };
  readonly aggregations?: Readonly<Record<string, { readonly buckets: readonly Bucket[] }>>;
}
interface Bucket {
  readonly key: string | number;
  readonly doc_count: number;
}

const DAY_MS = 86_400_000;
const BUCKETS = 24;
/** More than 10,000 are refused unless it is configured otherwise. */
const MOST_ENTRIES = 5_000;
const TIME_LIMIT = '15s';
const NOTHING = 'No document fits. Look for other words, a longer time, or leave out service and labels.';
const NO_LEVEL = 'These indices have no field for levels; the words of the message were searched for it.';
const LUCENE =
  "The regular expression is Lucene's; where the message has no keyword field, it is compared with single words.";

/** Searches an Elasticsearch or OpenSearch. @throws ElasticRefused, SourceFailed, the reason of `signal` when it is aborted */
export async function searchElastic(
  outbound: Outbound,
  source: OpenSource,
  query: LogQuery,
  signal: AbortSignal,
  nowMs: number,
): Promise<ToolResult> {
  const fields = await fieldsOf(outbound, source, signal);
  if (fields === undefined)
    return { status: 'no_data', message: 'These indices have no field that is a date.', query: '_field_caps' };
  const untilMs = query.untilMs ?? nowMs;
  const asked = { ...withFewNeighbours(query), sinceMs: query.sinceMs ?? untilMs - DAY_MS, untilMs };
  return new ElasticSearch(outbound, source, asked, fields, signal).run();
}

class ElasticSearch {
  private readonly wanted: ElasticQuery;

  constructor(
    private readonly outbound: Outbound,
    private readonly source: OpenSource,
    private readonly query: LogQuery & { sinceMs: number; untilMs: number },
    private readonly fields: LogFields,
    private readonly signal: AbortSignal,
  ) {
    this.wanted = elasticQueryOf(query, fields);
  }

  run(): Promise<ToolResult> {
    return this.query.mode === 'count' ? this.count() : this.entries();
  }

  private async count(): Promise<ToolResult> {
    const { sinceMs, untilMs } = this.query;
    const seconds = Math.max(1, Math.ceil((untilMs - sinceMs) / 1000 / BUCKETS));
    const level = this.fields.level.find(({ isWhole }) => isWhole)?.name;
    const overTime = { date_histogram: { field: this.fields.time, fixed_interval: `${seconds}s`, min_doc_count: 1 } };
    const byLevel = level === undefined ? {} : { by_level: { terms: { field: level, size: 20 } } };
    const answer = await this.search({ query: this.wanted, size: 0, aggs: { over_time: overTime, ...byLevel } });
    const count = answer.hits.total?.value ?? 0;
    if (count === 0) return { status: 'no_data', message: NOTHING, ...this.about(answer) };
    const buckets = (name: string): readonly Bucket[] => answer.aggregations?.[name]?.buckets ?? [];
    return {
      status: 'ok',
      ...this.about(answer),
      count,
      ...(level === undefined
        ? {}
        : { by_level: Object.fromEntries(buckets('by_level').map((one) => [one.key, one.doc_count])) }),
      bucket: `${seconds}s`,
      over_time: buckets('over_time').map(({ key, doc_count: documents }) => [isoOf(Number(key)), documents]),
    };
  }

  private async entries(): Promise<ToolResult> {
    const { mode, limit, around } = this.query;
    const size = mode === 'patterns' ? MOST_ENTRIES : limit + 1;
    const answer = await this.search({ query: this.wanted, size, sort: this.order('desc') });
    const total = answer.hits.total?.value ?? 0;
    if (answer.hits.hits.length === 0) return { status: 'no_data', message: NOTHING, ...this.about(answer) };
    const digest = digestFor(this.query);
    for (const hit of answer.hits.hits) {
      const entry = this.entryOf(hit);
      if (digest.add(entry)) break;
      if (around > 0) await this.addNeighbours(entry, hit);
    }
    const isBounded = mode === 'patterns' && total > MOST_ENTRIES;
    return {
      status: 'ok',
      ...this.about(answer),
      ...(isBounded
        ? { incomplete: `Only the newest ${MOST_ENTRIES} of ${total} were read; narrow the time.` }
        : { total }),
      ...digest.told(),
    };
  }

  /** What the same index holds beside an entry, whatever its text and level. */
  private async addNeighbours(entry: LogEntry, { _index: index, sort: [at] = [] }: Hit): Promise<void> {
    const near = async (order: 'asc' | 'desc', range: object): Promise<string[]> => {
      const filter = [
        { term: { _index: index } },
        { range: { [this.fields.time]: { ...range, format: 'epoch_millis' } } },
      ];
      const answer = await this.search({
        query: { bool: { filter } },
        size: this.query.around,
        sort: this.order(order),
      });
      return answer.hits.hits.map((hit) => this.entryOf(hit).text);
    };
    entry.before = (await near('desc', { lt: at })).reverse();
    entry.after = await near('asc', { gt: at });
  }

  private order(order: 'asc' | 'desc'): object[] {
    return [{ [this.fields.time]: { order, unmapped_type: 'date', format: 'epoch_millis' } }];
  }

  private search(body: object): Promise<Answer> {
    const { time, message, level, service } = this.fields;
    const shown = [time, ...[...message, ...level, ...service].map(({ name }) => name.replace(/\.keyword$/, ''))];
    const limits = { timeout: TIME_LIMIT, track_total_hits: true, ...(message.length === 0 ? {} : { _source: shown }) };
    return askElastic<Answer>(this.outbound, this.source, {
      path: '_search',
      body: { ...limits, ...body },
      signal: this.signal,
    });
  }

  private entryOf({ _source: document = {}, _index: index, sort: [at] = [] }: Hit): LogEntry {
    const { time, message, level, service } = this.fields;
    const first = (fields: readonly { name: string }[]) =>
      fields.map(({ name }) => valueAt(document, name)).find((value) => value !== undefined);
    const ms = Number(at ?? Date.parse(valueAt(document, time) ?? ''));
    const levelWord = first(level);
    const text = cut(first(message) ?? JSON.stringify(document));
    return {
      at: Number.isFinite(ms) ? ms : undefined,
      text: [Number.isFinite(ms) ? isoOf(ms) : undefined, levelWord, text].filter(Boolean).join(' '),
      origin: first(service) ?? index,
      level: levelNamed(levelWord ?? '') ?? levelOf(text),
    };
  }

  private about({ timed_out: isCut = false }: Answer): Record<string, unknown> {
    const { pattern, level, sinceMs, untilMs } = this.query;
    const notes = [
      ...(level !== undefined && this.fields.level.length === 0 ? [NO_LEVEL] : []),
      ...(pattern === undefined ? [] : [LUCENE]),
      ...(isCut ? [`It took longer than ${TIME_LIMIT}, so that some of it is missing; narrow the time.`] : []),
    ];
    const time = { from: isoOf(sinceMs), to: isoOf(untilMs) };
    return { query: JSON.stringify(this.wanted), ...time, ...(notes.length === 0 ? {} : { notes }) };
  }
}

/** A value by its path, whether the document is nested or has the path as a name; `.keyword` is the same value. */
function valueAt(document: Document, path: string): string | undefined {
  const name = path.replace(/\.keyword$/, '');
  let value: unknown = document[name];
  if (value === undefined) {
    value = name.split('.').reduce<unknown>((at, part) => (isDocument(at) ? at[part] : undefined), document);
  }
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return undefined;
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null;
}
