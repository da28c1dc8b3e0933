import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A line in a stream; newer Lokis have labels of the line besides. */
interface LokiLine {
  readonly at: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly line: string;
}

const SELECTOR = /^\{([a-zA-Z_]\w*(?:=|=~)"(?:[^"\\]|\\.)*"(?:, [a-zA-Z_]\w*(?:=|=~)"(?:[^"\\]|\\.)*")*)\}/;
const FILTER = /^ (\|~|!~) ("(?:[^"\\]|\\.)*")/;
const LABEL_FILTER = /^ \| ([a-zA-Z_]\w*)=~("(?:[^"\\]|\\.)*")/;
const COUNT = /^sum\(count_over_time\((.*) \[(\d+)s\]\)\)$/s;
const MOST = 5_000;

class Refused extends Error {}

/** Answers as Loki documents it (grafana.com/docs/loki/latest/reference/loki-http-api), and refuses what it does not document. */
export class LokiStandIn {
  readonly asked: URL[] = [];
  private readonly server: Server;

  private constructor(
    private readonly lines: readonly LokiLine[],
    private readonly tenant: string,
  ) {
    this.server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://loki');
      this.asked.push(url);
      if (request.headers['x-scope-orgid'] !== this.tenant) return void end(response, 401, 'no org id');
      try {
        end(response, 200, JSON.stringify({ status: 'success', data: this.answer(url) }));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        end(response, 400, error.message);
      }
    });
  }

  static async start(lines: readonly LokiLine[], tenant: string): Promise<LokiStandIn> {
    const loki = new LokiStandIn(lines, tenant);
    await new Promise<void>((resolve) => loki.server.listen(0, '127.0.0.1', resolve));
    return loki;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }

  private answer(url: URL): unknown {
    if (url.pathname === '/loki/api/v1/labels')
      return [...new Set(this.lines.flatMap(({ labels }) => Object.keys(labels)))].sort();
    const label = /^\/loki\/api\/v1\/label\/([a-zA-Z_]\w*)\/values$/.exec(url.pathname)?.[1];
    if (label !== undefined) return [...new Set(this.lines.flatMap(({ labels }) => labels[label] ?? []))].sort();
    if (url.pathname !== '/loki/api/v1/query_range') throw new Refused('404 page not found');
    return this.query(url.searchParams);
  }

  private query(parameters: URLSearchParams): unknown {
    const [start, end] = [nanosecondsOf(parameters, 'start'), nanosecondsOf(parameters, 'end')];
    if (end < start) throw new Refused('end timestamp must not be before or equal to start time');
    const query = parameters.get('query') ?? '';
    const [, inner, seconds] = COUNT.exec(query) ?? [];
    return inner === undefined
      ? this.streams(this.matching(query), parameters, start, end)
      : matrix(this.matching(inner), Number(seconds), parameters, start, end);
  }

  private streams(lines: readonly LokiLine[], parameters: URLSearchParams, start: bigint, end: bigint): unknown {
    const limit = Number(parameters.get('limit') ?? 100);
    if (limit > MOST)
      throw new Refused(`max entries limit per query exceeded, limit > max_entries_limit (${limit} > ${MOST})`);
    const direction = parameters.get('direction');
    if (direction !== 'forward' && direction !== 'backward')
      throw new Refused(`invalid direction '${direction ?? ''}'`);
    const sign = direction === 'forward' ? 1 : -1;
    const chosen = lines
      .filter(({ at }) => nanoseconds(at) >= start && nanoseconds(at) < end)
      .sort((a, b) => sign * (a.at - b.at))
      .slice(0, limit);
    const streams = Map.groupBy(chosen, ({ labels }) => JSON.stringify(labels));
    const result = [...streams].map(([labels, values]) => ({
      stream: JSON.parse(labels) as object,
      values: values.map(({ at, line }) => [String(nanoseconds(at)), line]),
    }));
    return { resultType: 'streams', result, stats: {} };
  }

  private matching(query: string): LokiLine[] {
    const selector = SELECTOR.exec(query);
    if (!selector) throw new Refused(`parse error at line 1, col 1: syntax error: ${query}`);
    const matchers = [...(selector[1] ?? '').matchAll(/(\w+)(=~|=)("(?:[^"\\]|\\.)*")/g)].map(
      ([, name = '', sign, text = '""']) => {
        const value = JSON.parse(text) as string;
        if (value === '' || value === '.*')
          throw new Refused(
            'queries require at least one regexp or equality matcher that does not have an empty-compatible value',
          );
        return ({ labels }: LokiLine) =>
          sign === '=' ? labels[name] === value : regex(`^(?:${value})$`).test(labels[name] ?? '');
      },
    );
    const tests = [...matchers, ...filtersOf(query.slice(selector[0].length))];
    return this.lines.filter((line) => tests.every((test) => test(line)));
  }
}

function filtersOf(text: string): ((line: LokiLine) => boolean)[] {
  const filters: ((line: LokiLine) => boolean)[] = [];
  for (let rest = text; rest !== '';) {
    const filter = FILTER.exec(rest);
    const ofLabel = LABEL_FILTER.exec(rest);
    const expression = regex(JSON.parse(filter?.[2] ?? ofLabel?.[2] ?? refuse(rest)) as string, ofLabel !== null);
    if (filter) filters.push(({ line }) => expression.test(line) === (filter[1] === '|~'));
    else filters.push(({ labels }) => expression.test(labels[ofLabel?.[1] ?? ''] ?? ''));
    rest = rest.slice((filter ?? ofLabel)?.[0].length);
  }
  return filters;
}

function refuse(rest: string): never {
  throw new Refused(`parse error: unexpected ${rest.slice(0, 20)}`);
}

/** RE2 has neither look-around nor references back. */
function regex(source: string, isWhole = false): RegExp {
  if (/\(\?[=!<]|\\[1-9]/.test(source)) throw new Refused('invalid or unsupported Perl syntax');
  const bare = source.replace(/^\(\?i\)/, '');
  return new RegExp(isWhole ? `^(?:${bare})$` : bare, bare === source ? '' : 'i');
}

function matrix(
  lines: readonly LokiLine[],
  range: number,
  parameters: URLSearchParams,
  start: bigint,
  end: bigint,
): unknown {
  const step = /^(\d+)s$/.exec(parameters.get('step') ?? '')?.[1];
  if (step === undefined) throw new Refused('cannot parse "step" to a valid duration');
  const values: [number, string][] = [];
  for (let at = Number(start / 1_000_000n); at <= Number(end / 1_000_000n); at += Number(step) * 1000) {
    const count = lines.filter((line) => line.at > at - range * 1000 && line.at <= at).length;
    if (count > 0) values.push([at / 1000, String(count)]);
  }
  return { resultType: 'matrix', result: values.length === 0 ? [] : [{ metric: {}, values }], stats: {} };
}

function nanosecondsOf(parameters: URLSearchParams, name: string): bigint {
  const text = parameters.get(name) ?? '';
  if (!/^\d{19}$/.test(text)) throw new Refused(`could not parse '${name}' parameter`);
  return BigInt(text);
}

function nanoseconds(ms: number): bigint {
  return BigInt(ms) * 1_000_000n;
}

function end(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': status === 200 ? 'application/json' : 'text/plain' }).end(body);
}
