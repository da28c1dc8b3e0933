import type { AgentTool, ToolResult } from '../src/agent/tools/agent-tool.js';
import { problemWith } from '../src/agent/tools/check-input.js';
import { ToolRegistry } from '../src/agent/tools/tool-registry.js';
import { ConsoleServer } from './support/console.js';
import { ElasticStandIn } from './support/elastic-stand-in.js';
import { LokiStandIn } from './support/loki-stand-in.js';
import { aToolContext } from './support/tool-context.js';

const NOW = Date.now();
const ago = (seconds: number): number => NOW - seconds * 1000;
const iso = (seconds: number): string => new Date(ago(seconds)).toISOString();

const shop = { app: 'shop', namespace: 'prod' };
const LINES = [
  ...Array.from({ length: 40 }, (_, index) => ({
    at: ago(600 - index),
    labels: shop,
    line: `level=info msg="order ${index} is done"`,
  })),
  { at: ago(120), labels: shop, line: 'level=error msg="Payment refused (code 7)"' },
  { at: ago(60), labels: { app: 'db', namespace: 'prod' }, line: 'FATAL: too many connections' },
  { at: ago(90_000), labels: shop, line: 'level=error msg="of yesterday"' },
];
const MAPPING = {
  '@timestamp': 'date',
  message: 'text',
  'log.level': 'keyword',
  service: 'text',
  'service.keyword': 'keyword',
  code: 'long',
};
const DOCUMENTS = [
  ...Array.from({ length: 40 }, (_, index) => ({
    ...{ '@timestamp': iso(600 - index), 'log.level': 'INFO', service: 'shop' },
    message: `order ${index} is done`,
  })),
  { '@timestamp': iso(120), message: 'Payment refused (code 7)', 'log.level': 'ERROR', service: 'shop', code: 7 },
  { '@timestamp': iso(60), message: 'too many connections', 'log.level': 'fatal', service: 'db' },
  { '@timestamp': iso(90_000), message: 'refused of yesterday', 'log.level': 'ERROR', service: 'shop' },
];

describe('logs of Loki and Elasticsearch, as they are documented', () => {
  let server: ConsoleServer;
  let loki: LokiStandIn;
  let elastic: ElasticStandIn;

  beforeAll(async () => {
    loki = await LokiStandIn.start(LINES, 'team-a');
    elastic = await ElasticStandIn.start(MAPPING, DOCUMENTS, 'ApiKey key-1');
    server = await ConsoleServer.start();
    for (const source of [
      { name: 'loki', kind: 'loki', settings: { url: loki.url, database: 'team-a' } },
      {
        name: 'elastic',
        kind: 'elasticsearch',
        settings: { url: elastic.url, database: 'logs-*' },
        secrets: { token: 'key-1' },
      },
    ]) {
      const { id } = await server.call<{ id: string }>('POST', '/api/tool-sources', source);
      expect(await server.call('POST', `/api/tool-sources/${id}/test`, {}, 200)).toMatchObject({ ok: true });
    }
  });

  afterAll(async () => {
    await server.close();
    loki.close();
    elastic.close();
  });

  const call = (input: object, signal = new AbortController().signal) => {
    const tool = server.app.app.get(ToolRegistry).find('logs_search') as AgentTool;
    expect(problemWith(input, tool.parameters)).toBeUndefined();
    return tool.run(input, aToolContext({ signal })) as Promise<
      ToolResult & { lines: string[]; over_time: [string, number][] }
    >;
  };

  describe.each(['loki', 'elastic'])('%s', (source) => {
    it('finds words in any case, and none that must be absent', async () => {
      const found = await call({ source, query: 'REFUSED payment', since: '1h' });
      expect(found).toMatchObject({ status: 'ok', source, shown: 1 });
      expect(found.lines[0]).toMatch(/^20\d\d-.*Payment refused \(code 7\)/);
      expect(found.query).toContain('REFUSED');
      expect((await call({ source, query: 'refused -yesterday', since: '2d' })).lines).toHaveLength(1);
      expect((await call({ source, query: '"order 7 is"' })).lines).toHaveLength(1);
      expect(await call({ source, query: 'nowhere' })).toMatchObject({ status: 'no_data' });
    });

    it('finds by level, service and labels', async () => {
      expect((await call({ source, level: 'error', since: '1h' })).lines).toHaveLength(2);
      expect((await call({ source, level: 'fatal', since: '1h' })).lines).toHaveLength(1);
      expect((await call({ source, service: 'db' })).lines).toHaveLength(1);
      const label = source === 'loki' ? { name: 'namespace', value: 'prod' } : { name: 'code', value: '7' };
      expect((await call({ source, labels: [label], query: 'refused', since: '1h' })).lines).toHaveLength(1);
    });

    it('answers the newest first ones, from old to new, and where to go on', async () => {
      const found = await call({ source, query: 'order', limit: 3 });
      expect(found.lines.map((line) => /order \d+/.exec(line)?.[0])).toEqual(['order 37', 'order 38', 'order 39']);
      const until = /until (\S+?)\. /.exec(String(found.more))?.[1] ?? '';
      expect((await call({ source, query: 'order', limit: 2, until })).lines.join()).toMatch(
        /order 3[56].*order 3[67]/,
      );
    });

    it('shows neighbours', async () => {
      const { lines } = await call({ source, query: '"order 20"', around: 2 });
      expect(lines.map((line) => /^(. ).*order (\d+)/.exec(line)?.slice(1).join(''))).toEqual([
        '  18',
        '  19',
        '> 20',
        '  21',
        '  22',
      ]);
    });

    it('counts over time, and groups', async () => {
      const counted = await call({ source, mode: 'count', query: 'order', since: '1h' });
      expect(counted).toMatchObject({ status: 'ok', count: 40 });
      expect(counted.over_time.reduce((sum, [, count]) => sum + count, 0)).toBe(40);
      expect(await call({ source, mode: 'patterns', limit: 1 })).toMatchObject({
        patterns: [{ count: 40, level: 'info' }],
      });
    });

    it('finds by a regular expression, and tells what the other side says of a wrong one', async () => {
      expect((await call({ source, query: 'refus(ed|al)', regex: true, since: '1h' })).lines).toHaveLength(1);
      const wrong = await call({ source, query: source === 'loki' ? '(?=a)b' : 'a{', regex: true });
      expect(wrong).toMatchObject({ status: 'error', message: expect.stringContaining('HTTP 400') as string });
    });

    it('ends at once when it is stopped', async () => {
      const stopping = new AbortController();
      const waiting = call({ source }, stopping.signal);
      stopping.abort(new Error('stopped'));
      await expect(waiting).rejects.toThrow('stopped');
    });
  });

  it('tells what there is to ask for in Loki', async () => {
    expect(await call({ source: 'loki' })).toMatchObject({ labels: ['app', 'namespace'] });
    expect(await call({ source: 'loki', service: 'shopp' })).toMatchObject({
      status: 'no_data',
      services: ['db', 'shop'],
    });
  });

  it('puts nothing of the input into a query as it stands', async () => {
    const wrong = { source: 'loki', labels: [{ name: 'app="x"} or {y', value: 'z' }] };
    expect(await call(wrong)).toMatchObject({
      status: 'error',
      message: expect.stringContaining('cannot be a label') as string,
    });
    expect(await call({ source: 'loki', query: '"} |= `x' })).toMatchObject({ status: 'no_data' });
    expect(await call({ source: 'loki', labels: [{ name: 'app', value: 'a"} or {b="c' }] })).toMatchObject({
      status: 'no_data',
    });
    expect(await call({ source: 'elastic', service: '*' })).toMatchObject({ status: 'no_data' });
  });
});
