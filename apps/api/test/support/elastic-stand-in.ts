import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Document = Readonly<Record<string, unknown>>;
type Clause = Readonly<Record<string, unknown>>;

/** The fields of an index, each with its type. */
type Mapping = Readonly<Record<string, string>>;

const SEARCH = new Set(['query', 'size', 'sort', 'aggs', '_source', 'timeout', 'track_total_hits']);
const PARAMETERS = new Set(['ignore_unavailable', 'allow_no_indices', 'fields']);

class Refused extends Error {}

/**
 * Answers as Elasticsearch and OpenSearch document it (elastic.co/docs/api/doc/elasticsearch: field capabilities, search),
 * and refuses what is not documented, or what a field's type does not bear.
 */
export class ElasticStandIn {
  readonly searches: Clause[] = [];
  private readonly server: Server;

  private constructor(
    private readonly mapping: Mapping,
    private readonly documents: readonly Document[],
    private readonly authorization: string,
  ) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(
        (value) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value)),
        (error: Error) => {
          const reason = { type: 'parsing_exception', reason: error.message };
          const status = error.message === 'security' ? 401 : 400;
          const body = JSON.stringify({ error: { root_cause: [reason], ...reason }, status });
          response.writeHead(status, { 'content-type': 'application/json' }).end(body);
        },
      );
    });
  }

  static async start(mapping: Mapping, documents: readonly Document[], authorization: string): Promise<ElasticStandIn> {
    const elastic = new ElasticStandIn(mapping, documents, authorization);
    await new Promise<void>((resolve) => elastic.server.listen(0, '127.0.0.1', resolve));
    return elastic;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<unknown> {
    if (request.headers.authorization !== this.authorization) throw new Refused('security');
    const url = new URL(request.url ?? '/', 'http://elastic');
    const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.has(name));
    if (unknown !== undefined)
      throw new Refused(`request [${url.pathname}] contains unrecognized parameter: [${unknown}]`);
    const [, index, action] = url.pathname.split('/');
    if (decodeURIComponent(index ?? '') !== 'logs-*') throw new Refused(`no such index [${index ?? ''}]`);
    if (action === '_field_caps') return this.capabilities((url.searchParams.get('fields') ?? '').split(','));
    if (action !== '_search' || request.method !== 'POST') throw new Refused(`unknown action ${action ?? ''}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return this.search(JSON.parse(Buffer.concat(chunks).toString()) as Clause);
  }

  private capabilities(names: readonly string[]): unknown {
    const chosen = Object.entries(this.mapping).filter(([name]) => names.includes('*') || names.includes(name));
    const fields = chosen.map(([name, type]) => [
      name,
      { [type]: { type, searchable: true, aggregatable: type !== 'text' } },
    ]);
    return { indices: ['logs-1'], fields: Object.fromEntries(fields) as object };
  }

  private search(body: Clause): unknown {
    this.searches.push(body);
    const unknown = Object.keys(body).find((name) => !SEARCH.has(name));
    if (unknown !== undefined) throw new Refused(`unknown key [${unknown}]`);
    const {
      query,
      size = 10,
      sort = [],
      aggs = {},
    } = body as { query: Clause; size?: number; sort?: Clause[]; aggs?: Clause };
    if (size > 10_000)
      throw new Refused('Result window is too large, from + size must be less than or equal to: [10000]');
    const found = this.documents.filter((document) => this.fits(document, query));
    const [field = '@timestamp', { order = 'desc' } = {}] =
      Object.entries((sort[0] ?? {}) as Record<string, { order?: string }>)[0] ?? [];
    const timeOf = (document: Document): number => Date.parse(String(document[field]));
    const sorted = found.toSorted((a, b) => (order === 'asc' ? 1 : -1) * (timeOf(a) - timeOf(b)));
    const hits = sorted.slice(0, size).map((document) => ({
      _index: 'logs-1',
      _id: '1',
      _score: null,
      _source: document,
      sort: [String(timeOf(document))],
    }));
    const aggregations = Object.fromEntries(
      Object.entries(aggs).map(([name, one]) => [name, this.aggregated(found, one as Clause)]),
    );
    const total = { value: found.length, relation: 'eq' };
    return {
      took: 1,
      timed_out: false,
      hits: { total, max_score: null, hits },
      ...(size === 0 ? { aggregations } : {}),
    };
  }

  private aggregated(found: readonly Document[], { date_histogram: histogram, terms }: Clause): unknown {
    if (terms !== undefined) {
      const { field } = terms as { field: string };
      this.typed(field, ['keyword']);
      const groups = Map.groupBy(found, (document) => String(document[field.replace('.keyword', '')]));
      return { buckets: [...groups].map(([key, { length }]) => ({ key, doc_count: length })) };
    }
    const { field, fixed_interval: interval } = histogram as { field: string; fixed_interval: string };
    this.typed(field, ['date']);
    const ms = Number(/^(\d+)s$/.exec(interval)?.[1]) * 1000;
    if (Number.isNaN(ms)) throw new Refused(`failed to parse setting [fixed_interval] with value [${interval}]`);
    const groups = Map.groupBy(found, (document) => Math.floor(Date.parse(String(document[field])) / ms) * ms);
    return { buckets: [...groups].sort(([a], [b]) => a - b).map(([key, { length }]) => ({ key, doc_count: length })) };
  }

  private fits(document: Document, clause: Clause): boolean {
    const [[kind = '', value] = [], ...more] = Object.entries(clause);
    if (more.length > 0) throw new Refused(`[${kind}] malformed query, expected [END_OBJECT] but found [FIELD_NAME]`);
    if (kind === 'bool') return this.fitsAll(document, value as Record<string, Clause[] | number>);
    if (kind === 'match_none') return false;
    const [[field = '', asked] = []] = Object.entries(value as Clause);
    if (field === '_index') return asked === 'logs-1';
    const own = document[field.replace(/\.keyword$/, '')];
    const text = typeof own === 'string' || typeof own === 'number' ? String(own) : '';
    if (kind === 'range') return this.inRange(field, text, asked as Record<string, string>);
    if (kind === 'match_phrase') return this.typed(field, ['text']) && wordsIn(text).includes(wordsIn(asked as string));
    if (kind === 'match')
      return (
        this.typed(field, ['text', 'keyword', 'long']) && matches(text, asked as { query: string; operator?: string })
      );
    if (kind === 'terms') return this.typed(field, ['keyword']) && (asked as string[]).includes(text);
    if (kind === 'wildcard')
      return this.typed(field, ['keyword', 'wildcard']) && like(text, asked as { value: string });
    if (kind === 'regexp')
      return regexp(text, this.mapping[field], asked as { value: string; case_insensitive: boolean });
    throw new Refused(`unknown query [${kind}]`);
  }

  private fitsAll(
    document: Document,
    {
      filter = [],
      must_not: not = [],
      should = [],
      minimum_should_match: least = 0,
    }: Record<string, Clause[] | number>,
  ): boolean {
    const fit = (clauses: Clause[] | number): Clause[] =>
      (clauses as Clause[]).filter((one) => this.fits(document, one));
    return (
      fit(filter).length === (filter as Clause[]).length && fit(not).length === 0 && fit(should).length >= Number(least)
    );
  }

  private inRange(field: string, text: string, { gte, lte, gt, lt, format }: Record<string, string>): boolean {
    this.typed(field, ['date']);
    const at = Date.parse(text);
    const ms = (value: string): number => (format === 'epoch_millis' ? Number(value) : Date.parse(value));
    const isAfter = (gte === undefined || at >= ms(gte)) && (gt === undefined || at > ms(gt));
    return isAfter && (lte === undefined || at <= ms(lte)) && (lt === undefined || at < ms(lt));
  }

  private typed(field: string, types: readonly string[]): true {
    if (!types.includes(this.mapping[field] ?? ''))
      throw new Refused(`field [${field}] is of type [${this.mapping[field] ?? 'none'}]`);
    return true;
  }
}

/** As the standard analyser takes words apart. */
function wordsIn(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;
}

function matches(text: string, { query, operator }: { query: string; operator?: string }): boolean {
  const words = wordsIn(query).trim().split(' ');
  const has = (word: string): boolean => wordsIn(text).includes(` ${word} `);
  return operator === 'and' ? words.every(has) : words.some(has);
}

function like(text: string, { value }: { value: string }): boolean {
  const source = value.replaceAll(/[.+^${}()|[\]]/g, '\\$&').replaceAll(/(?<!\\)\*/g, '.*');
  return new RegExp(`^${source}$`, 'is').test(text);
}

function regexp(
  text: string,
  type: string | undefined,
  { value, case_insensitive: ignoresCase }: { value: string; case_insensitive: boolean },
): boolean {
  if (/\{(?!\d)/.test(value)) throw new Refused('expected integer at position 2');
  // Anchors are characters like others.
  const expression = new RegExp(`^(?:${value.replaceAll(/[$^]/g, '\\$&')})$`, ignoresCase ? 'is' : 's');
  return type === 'text'
    ? wordsIn(text)
        .split(' ')
        .some((word) => expression.test(word))
    : expression.test(text);
}
