import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AgentTool, ToolResult } from '../../../src/agent/tools/agent-tool.js';
import { problemWith } from '../../../src/agent/tools/check-input.js';
import { ToolRegistry } from '../../../src/agent/tools/tool-registry.js';
import { ConsoleServer } from '../../support/console.js';
import { eventually } from '../../support/eventually.js';
import { type RealServer, startRealServer } from '../../support/real-server.js';
import { aToolContext } from '../../support/tool-context.js';

const SERIES = Array.from({ length: 120 }, (_, index) => `shelf_items{shelf="${index}"} ${index}`);
const EXPORTED = [
  '# HELP disk_free_bytes Free bytes of a file system.',
  '# TYPE disk_free_bytes gauge',
  'disk_free_bytes{mount="/data"} 1234',
  'disk_free_bytes{mount="/"} NaN',
  ...SERIES,
  '',
].join('\n');

const RULES = `
groups:
  - name: test
    interval: 1s
    rules:
      - alert: DataDiskFull
        expr: disk_free_bytes{mount="/data"} < 5000
        labels: { severity: critical }
        annotations: { summary: "The data disk is nearly full" }
      - alert: Quiet
        expr: vector(7)
        for: 1h
`;

describe('metrics of a real Prometheus', () => {
  let server: ConsoleServer;
  let exporter: Server;
  let prometheus: RealServer;
  let alertmanager: RealServer;

  const answers = (port: number, path: string) => async () => (await fetch(`http://127.0.0.1:${port}${path}`)).ok;

  beforeAll(async () => {
    exporter = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(EXPORTED);
    });
    await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
    const exporterPort = (exporter.address() as AddressInfo).port;
    alertmanager = await startRealServer('prometheus-alertmanager', {
      files: { 'am.yml': 'route: { receiver: none }\nreceivers: [ { name: none } ]\n' },
      args: ({ port, folder }) => [
        '--config.file=am.yml',
        `--storage.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      isReady: ({ port }) => answers(port, '/-/ready')(),
    });
    const config = `
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
alerting: { alertmanagers: [ { static_configs: [ { targets: ['127.0.0.1:${alertmanager.port}'] } ] } ] }
scrape_configs:
  - job_name: shelves
    static_configs: [ { targets: ['127.0.0.1:${exporterPort}'] } ]
  - job_name: gone
    static_configs: [ { targets: ['127.0.0.1:9'] } ]
`;
    prometheus = await startRealServer('prometheus', {
      files: { 'prometheus.yml': config, 'rules.yml': RULES },
      args: ({ port, folder }) => [
        '--config.file=prometheus.yml',
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      isReady: ({ port }) => answers(port, '/-/ready')(),
    });
    server = await ConsoleServer.start();
    for (const [kind, { port }] of Object.entries({ prometheus, alertmanager })) {
      const settings = { url: `http://127.0.0.1:${port}` };
      const { id } = await server.call<{ id: string }>('POST', '/api/tool-sources', { name: kind, kind, settings });
      expect(await server.call('POST', `/api/tool-sources/${id}/test`, {}, 200)).toMatchObject({ ok: true });
    }
    await eventually(async () => (await call('metrics_query', { query: 'disk_free_bytes' })).status === 'ok', 20_000);
  }, 60_000);

  afterAll(async () => {
    await server.close();
    await prometheus.stop();
    await alertmanager.stop();
    exporter.close();
  });

  const call = (name: string, input: object, signal = new AbortController().signal): Promise<ToolResult> => {
    const tool = server.app.app.get(ToolRegistry).find(name) as AgentTool;
    expect(problemWith(input, tool.parameters)).toBeUndefined();
    return tool.run(input, aToolContext({ signal }));
  };

  it('evaluates an expression now', async () => {
    const query = 'disk_free_bytes{mount="/data"}';
    expect(await call('metrics_query', { query })).toMatchObject({
      ...{ status: 'ok', source: 'prometheus', query },
      series: [{ labels: { __name__: 'disk_free_bytes', job: 'shelves', mount: '/data' }, value: 1234 }],
    });
    expect(await call('metrics_query', { query: '1 / 0' })).toMatchObject({ status: 'ok', value: '+Inf' });
    expect(await call('metrics_query', { query: 'disk_free_bytes{mount="/"}' })).toMatchObject({
      series: [{ value: 'NaN' }],
    });
  });

  it('tells a series over a time in few words', async () => {
    const input = { query: 'disk_free_bytes{mount="/data"}', start: 'now-5m', step: '1s' };
    const { status, series } = (await call('metrics_query', input)) as ToolResult & { series: object[] };
    expect(status).toBe('ok');
    expect(series).toMatchObject([{ first: 1234, last: 1234, min: 1234, max: 1234, avg: 1234 }]);
    expect(JSON.stringify(series).length).toBeLessThan(4_000);
  });

  it('shows the first of many series, and says how many there are', async () => {
    const result = (await call('metrics_query', { query: 'shelf_items' })) as ToolResult & { series: object[] };
    expect(result.series).toHaveLength(50);
    expect(result.message).toContain('120 series');
  });

  it('has no data for what does not exist', async () => {
    expect(await call('metrics_query', { query: 'no_such_metric' })).toMatchObject({ status: 'no_data' });
  });

  it.each([
    [{ query: 'rate(disk_free_bytes' }, /parse error/],
    [{ query: 'disk_free_bytes', start: 'yesterday' }, /start must be a time/],
    [{ query: 'disk_free_bytes', start: 'now-1h', end: 'now-2h' }, /end must be/],
    [{ query: 'disk_free_bytes', start: 'now-4w', step: '1s' }, /exceeded maximum resolution/],
    [{ query: 'up', source: 'elsewhere' }, /no source named "elsewhere".*prometheus \(prometheus\)/],
  ])('says what is wrong with %j', async (input, message) => {
    const result = await call('metrics_query', input);
    expect(result.status).toBe('error');
    expect(result.message).toMatch(message);
  });

  it('finds metrics by words of their help, labels and values', async () => {
    expect(await call('metrics_discover', { what: 'metrics', words: 'FREE file' })).toMatchObject({
      status: 'ok',
      metrics: [{ name: 'disk_free_bytes', type: 'gauge', help: 'Free bytes of a file system.' }],
    });
    expect(await call('metrics_discover', { what: 'labels', metric: 'disk_free_bytes' })).toMatchObject({
      labels: expect.arrayContaining(['mount', 'job']) as string[],
    });
    expect(await call('metrics_discover', { what: 'values', label: 'mount' })).toMatchObject({
      values: ['/', '/data'],
    });
    expect(await call('metrics_discover', { what: 'values', label: 'a/../b' })).toMatchObject({ status: 'error' });
  });

  it('tells which targets are down, first', async () => {
    const seen = async () => {
      const { targets } = await call('metrics_discover', { what: 'targets' });
      return targets as { health: string; labels: object }[];
    };
    await eventually(async () => (await seen())[0]?.health === 'down');
    const targets = await seen();
    expect(targets[0]).toMatchObject({ health: 'down', labels: { job: 'gone' } });
    expect(JSON.stringify(targets[0])).toContain('connection refused');
  });

  it('lists an alert that two sources tell of once', async () => {
    const full = async () => {
      const result = (await call('alerts_list', { words: 'data disk' })) as ToolResult & { alerts?: object[] };
      return result.alerts ?? [];
    };
    await eventually(async () => JSON.stringify(await full()).includes('"alertmanager"'), 20_000);
    expect(await full()).toMatchObject([
      {
        ...{ name: 'DataDiskFull', state: 'firing', value: 1234 },
        labels: { severity: 'critical' },
        sources: expect.arrayContaining(['alertmanager', 'prometheus']) as string[],
      },
    ]);
    expect(await call('alerts_list', { source: 'prometheus', words: 'quiet' })).toMatchObject({
      alerts: [{ name: 'Quiet', state: 'pending', value: 7 }],
    });
    expect(await call('alerts_list', { words: 'no such alert' })).toMatchObject({ status: 'no_data' });
  }, 30_000);

  it('ends at once when it is stopped', async () => {
    const stopping = new AbortController();
    const waiting = call('metrics_query', { query: 'up' }, stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
