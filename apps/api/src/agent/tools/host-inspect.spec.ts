import { FixedSources } from '../../../test/support/fixed-sources.js';
import { aToolContext } from '../../../test/support/tool-context.js';
import { Environment } from '../../platform/config/environment.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import { CommandTargets } from './command/command-targets.js';
import { HOST_SECTIONS, hostInspect } from './host-inspect.js';
import { cpusIn } from './host/cpu.js';
import { mountsIn, rowsIn } from './host/disks.js';
import { connectionsIn } from './host/network.js';
import { openFilesLimit } from './host/open-files.js';
import { processIn } from './host/processes.js';
import { troubleIn } from './host/system.js';

const environment = new Environment();
const tool = hostInspect(new CommandTargets(new FixedSources(), new Outbound(environment), environment));

describe('host_inspect', () => {
  it.each(HOST_SECTIONS)('reads %s of this machine in a few kilobytes', async (section) => {
    const result = await tool.run(
      { section, path: section === 'space' ? import.meta.dirname : undefined },
      aToolContext(),
    );
    expect(result).toMatchObject({
      status: expect.stringMatching(/^(ok|no_data)$/) as string,
      target: 'local',
      section,
    });
    expect(JSON.stringify(result).length).toBeLessThan(20_000);
  });

  it.each(['overview', 'cpu', 'memory', 'processes', 'disks', 'network', 'time', 'limits'] as const)(
    'finds something for %s on any Linux',
    async (section) => {
      expect(await tool.run({ section }, aToolContext())).toMatchObject({ status: 'ok' });
    },
  );

  it('tells of itself among the processes, whose it is and since when', async () => {
    const { by_memory } = (await tool.run({ section: 'processes' }, aToolContext())) as unknown as {
      by_memory: { pid: number; user: string; command: string; started_at: string }[];
    };
    const found = by_memory.find(({ command }) => command.includes('node'));
    expect(found?.user).not.toBe('');
    expect(Date.parse(found?.started_at ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('knows no other machine than those that are registered, and no path that is none', async () => {
    expect(await tool.run({ target: 'elsewhere' }, aToolContext())).toMatchObject({
      status: 'error',
      message: expect.stringContaining('no source named "elsewhere"') as string,
    });
    expect(await tool.run({ section: 'space', path: '-delete' }, aToolContext())).toMatchObject({ status: 'error' });
  });

  it('ends at once when it is stopped', async () => {
    const stopping = new AbortController();
    const waiting = tool.run({ section: 'cpu' }, aToolContext({ signal: stopping.signal }));
    stopping.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});

describe('what machines say of themselves', () => {
  it('is read from a process whose name has blanks and brackets', () => {
    const line = '42 (a (b) c) S 1 1 1 0 -1 0 0 0 0 0 30 12 0 0 20 0 3 0 100 5000 256 0';
    expect(processIn(line)).toEqual({
      ...{ pid: 42, name: 'a (b) c', state: 'S', parent: 1, threads: 3 },
      ...{ ticks: 42, startTicks: 100, memoryBytes: 256 * 4096 },
    });
  });

  it('is read from df, blanks in paths and missing inodes included', () => {
    const lines = [
      'Filesystem 1024-blocks Used Available Capacity Mounted on',
      '/dev/sda1 1000 900 100 90% /',
      'map auto 10 1 9 10% /with blank',
      '/dev/sdb1 - - - - /no/inodes',
    ];
    expect(rowsIn(lines)).toEqual([
      { device: '/dev/sda1', path: '/', size: 1000, available: 100, usedPercent: 90 },
      { device: 'map auto', path: '/with blank', size: 10, available: 9, usedPercent: 10 },
      { device: '/dev/sdb1', path: '/no/inodes', size: 0, available: 0, usedPercent: null },
    ]);
    expect(mountsIn('/dev/sdb1 /with\\040blank xfs ro,noatime 0 0').get('/with blank')).toEqual({
      type: 'xfs',
      isReadOnly: true,
    });
  });

  it('is read from the tables of sockets', () => {
    const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
    const listening = '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000  0 0 4711 1';
    expect(connectionsIn('tcp', [head, listening].join('\n'))).toEqual([
      {
        ...{ protocol: 'tcp', address: '127.0.0.1', port: 8080, peer: '0.0.0.0', peerPort: 0 },
        ...{ state: 'listen', waiting: 3, inode: '4711' },
      },
    ]);
    const six =
      '   1: 00000000000000000000000001000000:0016 B80D01200000000000000000010000FF:C350 01 00000000:00000000 00:0 0 0 0 5 1';
    expect(connectionsIn('tcp6', six)).toMatchObject([
      { address: '::1', port: 22, peer: '2001:db8::ff00:1', peerPort: 50_000, state: 'established' },
    ]);
  });

  it('is read from CPU times, limits and messages of the kernel', () => {
    expect(cpusIn('cpu  1 2 3 4 5 6 7 8 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\nintr 1').size).toBe(2);
    expect(openFilesLimit('Max open files            1024                 524288               files')).toBe(1024);
    expect(openFilesLimit('Max open files            unlimited            unlimited            files')).toBeNull();
    const lines = [
      'usb 1-1: new device',
      'Out of memory: Killed process 42 (java)',
      'EXT4-fs error (device sda1): bad block',
    ];
    expect(troubleIn(lines)).toEqual({
      count_by_kind: { out_of_memory: 1, file_system: 1 },
      last_messages: lines.slice(1),
    });
  });
});
