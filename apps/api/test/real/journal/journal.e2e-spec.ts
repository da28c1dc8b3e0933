import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programAt } from '../../../../../tools/real-servers.mjs';
import type { AgentTool, ToolResult } from '../../../src/agent/tools/agent-tool.js';
import { problemWith } from '../../../src/agent/tools/check-input.js';
import { ToolRegistry } from '../../../src/agent/tools/tool-registry.js';
import { ConsoleServer } from '../../support/console.js';
import { aToolContext } from '../../support/tool-context.js';

const NOW = Date.now();

/** An entry in systemd's export format (systemd.io/JOURNAL_EXPORT_FORMATS), so many seconds old. */
function exported(secondsAgo: number, fields: Record<string, string>): Buffer {
  const head = { __REALTIME_TIMESTAMP: `${NOW - secondsAgo * 1000}000`, _BOOT_ID: '0123456789abcdef0123456789abcdef' };
  const parts = Object.entries({ ...head, ...fields }).map(([name, value]) => {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(bytes.length));
    const isPlain = !value.includes('\n');
    return isPlain
      ? Buffer.from(`${name}=${value}\n`)
      : Buffer.concat([Buffer.from(`${name}\n`), length, bytes, Buffer.from('\n')]);
  });
  return Buffer.concat([...parts, Buffer.from('\n')]);
}

describe('logs of a real journal', () => {
  let server: ConsoleServer;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsagent-journal-'));
    const nginx = { _SYSTEMD_UNIT: 'nginx.service', SYSLOG_IDENTIFIER: 'nginx', _PID: '12' };
    const entries = [
      exported(7_200, { ...nginx, PRIORITY: '3', MESSAGE: 'upstream timed out of old' }),
      ...Array.from({ length: 60 }, (_, index) =>
        exported(120 - index, { SYSLOG_IDENTIFIER: 'worker', PRIORITY: '6', MESSAGE: `job ${index} is done` }),
      ),
      exported(50, { ...nginx, PRIORITY: '3', MESSAGE: 'Upstream timed out (110)' }),
      exported(40, { ...nginx, PRIORITY: '4', MESSAGE: 'upstream is slow' }),
      exported(30, { SYSLOG_IDENTIFIER: 'kernel', PRIORITY: '2', MESSAGE: '磁盘 sda 空间不足\nsecond line' }),
      exported(20, {
        UNIT: 'nginx.service',
        SYSLOG_IDENTIFIER: 'systemd',
        PRIORITY: '4',
        MESSAGE: 'nginx.service: Failed',
      }),
    ];
    await writeFile(join(folder, 'all.export'), Buffer.concat(entries));
    const remote = programAt('systemd-journal-remote') ?? '';
    execFileSync(remote, ['-o', join(folder, 'test.journal'), join(folder, 'all.export')], { stdio: 'ignore' });
    server = await ConsoleServer.start();
    const source = { name: 'journal', kind: 'journal', settings: { paths: [folder] } };
    const { id } = await server.call<{ id: string }>('POST', '/api/tool-sources', source);
    const test = await server.call('POST', `/api/tool-sources/${id}/test`, {}, 200);
    expect(test).toMatchObject({ ok: true, detail: expect.stringContaining('newest entry') as string });
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const call = (input: object, signal = new AbortController().signal) => {
    const tool = server.app.app.get(ToolRegistry).find('logs_search') as AgentTool;
    expect(problemWith(input, tool.parameters)).toBeUndefined();
    return tool.run(input, aToolContext({ signal })) as Promise<ToolResult & { lines: string[] }>;
  };

  it('finds words in any case and order, within the time', async () => {
    const found = await call({ query: 'out TIMED', since: '1h' });
    expect(found).toMatchObject({ status: 'ok', source: 'journal', shown: 1 });
    expect(found.lines[0]).toMatch(/^20\S+Z nginx\[12\]: Upstream timed out \(110\)$/);
    expect(found.query).toContain('journalctl --reverse --since=@');
    expect((await call({ query: 'upstream -slow' })).lines).toHaveLength(2);
    expect((await call({ query: '空间不足' })).lines[0]).toContain('second line');
    expect((await call({ query: 'job (7|8) is', regex: true })).lines).toHaveLength(2);
    expect(await call({ query: '(110' })).toMatchObject({ shown: 1 });
  });

  it('finds by level, by service and what the system says of it, and by fields', async () => {
    expect((await call({ level: 'error' })).lines).toHaveLength(3);
    expect((await call({ service: 'nginx', since: '1h' })).lines.join()).toMatch(/timed out.*slow.*Failed/);
    expect((await call({ service: 'nginx', level: 'error' })).lines).toHaveLength(2);
    expect((await call({ labels: [{ name: '_PID', value: '12' }] })).lines).toHaveLength(3);
    expect(await call({ service: '--help' })).toMatchObject({ status: 'no_data' });
    expect(await call({ labels: [{ name: '--root', value: '/' }] })).toMatchObject({ status: 'error' });
  });

  it('shows neighbours, counts, and groups', async () => {
    const { lines } = await call({ query: 'timed', since: '1h', around: 1 });
    expect(lines.map((line) => line.slice(0, 1))).toEqual([' ', '>', ' ']);
    expect(lines[2]).toContain('upstream is slow');
    expect(await call({ mode: 'count' })).toMatchObject({
      count: 65,
      by_level: { info: 60, warn: 2, error: 2, fatal: 1 },
    });
    expect(await call({ mode: 'patterns', limit: 1 })).toMatchObject({ patterns: [{ count: 60, level: 'info' }] });
    expect((await call({ limit: 2 })).more).toContain('until');
  });

  it('has no data for what is not there, and says what is wrong', async () => {
    expect(await call({ query: 'nowhere' })).toMatchObject({ status: 'no_data' });
    expect(await call({ file: 'x' })).toMatchObject({ status: 'error' });
    const lost = { name: 'lost', kind: 'journal', settings: { paths: ['/no/such/folder'] } };
    const { id } = await server.call<{ id: string }>('POST', '/api/tool-sources', lost);
    expect(await server.call('POST', `/api/tool-sources/${id}/test`, {}, 200)).toMatchObject({
      ok: false,
      fault: 'failed',
    });
    await server.call('DELETE', `/api/tool-sources/${id}`, undefined, 204);
  });

  it('ends at once when it is stopped', async () => {
    const stopping = new AbortController();
    const waiting = call({ mode: 'count' }, stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
