import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type AllowedFile, allowedFiles } from '../../../sources/files/allowed-files.js';
import type { OpenSource } from '../../../sources/source-kind.js';
import { LOG_FILES } from '../../../sources/kinds/log-files.js';
import type { ToolResult } from '../../agent-tool.js';
import { type LogQuery, logQueryOf, type LogsSearchInput } from '../log-query.js';
import { blocksOf } from './blocks.js';
import { openedFile } from './file-bytes.js';
import { scanned, searchFiles } from './file-logs.js';

const NOW = Date.now();
const at = (secondsAgo: number): string => new Date(NOW - secondsAgo * 1000).toISOString();

type Found = ToolResult & { lines: string[]; over_time: [string, number][] };

describe('log files', () => {
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'opsagent-logs-')));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  const sourceOf = (paths: string[]): OpenSource => ({
    ...{ name: 'logs', kind: 'log_files', environment: '', secrets: {} },
    settings: { paths },
  });
  const search = async (input: LogsSearchInput, paths = [folder], signal = new AbortController().signal) => {
    const query = logQueryOf(input, NOW);
    if (typeof query === 'string') throw new Error(query);
    return (await searchFiles(sourceOf(paths), query, signal)) as Found;
  };

  it('answers the newest lines that fit, from old to new, with stack traces', async () => {
    const trace = `${at(20)} ERROR order failed\n\tat a.b.C\nCaused by: java.io.IOException: gone\n\tat d.E`;
    write('app.log', `${at(30)} ERROR old\n${trace}\n${at(10)} INFO fine\n`);
    expect((await search({ level: 'error' })).lines).toEqual([`${at(30)} ERROR old`, trace]);
    expect((await search({ query: 'ioexception GONE' })).lines).toEqual([trace]);
    const last = await search({ limit: 1 });
    expect(last.lines).toEqual([`${at(10)} INFO fine`]);
    expect(last.more).toContain(at(10));
  });

  it('shows neighbours of a line, across the parts in which a file is read', async () => {
    const padding = 'x'.repeat(1000);
    const lines = Array.from({ length: 3000 }, (_, index) => `${at(3000 - index)} line ${index} ${padding}`);
    write('app.log', lines.join('\n'));
    const { lines: found } = await search({ query: 'line \\d*0 x', regex: true, around: 2, limit: 500 });
    const all = lines.map((_, index) => index);
    const expected = all
      .filter((index) => index % 10 === 0)
      .flatMap((index) => all.slice(Math.max(0, index - 2), index + 3));
    expect(found.map((line) => Number(/line (\d+)/.exec(line)?.[1]))).toEqual(expected);
  });

  it('keeps to the time, also for lines without one', async () => {
    write('app.log', `${at(600)} old\n${at(50)} begin\nits detail\n${at(5)} end\n`);
    expect((await search({ since: '1m' })).lines).toEqual([`${at(50)} begin`, 'its detail', `${at(5)} end`]);
    expect((await search({ until: '1m' })).lines).toEqual([`${at(600)} old`]);
    expect(await search({ query: 'old', since: '1m' })).toMatchObject({ status: 'no_data' });
  });

  it('merges files by time, rotated and packed ones among them', async () => {
    const path = write('app.log', `${at(10)} three\n`);
    write('app.log.1', `${at(20)} two\n`);
    write('app.log-20260101.gz', gzipSync(`${at(30)} one\n`));
    write('app.log.secret', `${at(5)} not for you\n`);
    const { lines } = await search({}, [path]);
    expect(lines.map((line) => line.split(' ').at(-1))).toEqual(['one', 'two', 'three']);
    expect(lines[0]).toContain(`[${folder}/app.log-20260101.gz] `);
  });

  it('counts over time, by level and by file', async () => {
    const lines = Array.from(
      { length: 90 },
      (_, index) => `${at(90 - index)} ${index % 3 === 0 ? 'WARN' : 'INFO'} tick`,
    );
    write('app.log', lines.join('\n'));
    const counted = await search({ mode: 'count' });
    expect(counted).toMatchObject({
      count: 90,
      by_level: { warn: 30, info: 60 },
      by_origin: { [`${folder}/app.log`]: 90 },
    });
    expect(counted.over_time.reduce((sum, [, count]) => sum + count, 0)).toBe(90);
  });

  it('groups lines by what they say', async () => {
    const ticks = Array.from(
      { length: 50 },
      (_, index) => `${at(50 - index)} INFO request ${index} of 10.0.0.${index} done`,
    );
    write('app.log', [...ticks, `${at(0)} ERROR disk sda is full`].join('\n'));
    expect(await search({ mode: 'patterns' })).toMatchObject({
      ...{ count: 51, distinct: 2 },
      patterns: [
        { count: 50, level: 'info', pattern: '<*> INFO request <*> of <*> done', newest: ticks[49] },
        { count: 1, level: 'error', pattern: '<*> ERROR disk sda is full' },
      ],
    });
  });

  it('reads what Chinese programs write, and lines with broken bytes', async () => {
    const chinese = Buffer.from('b4c5c5cc20c2fa', 'hex'); // 磁盘 满 in GB18030
    write(
      'app.log',
      Buffer.concat([Buffer.from('磁盘 ok\n'), chinese, Buffer.from('\nbroken \xff\xfe end\n', 'latin1')]),
    );
    expect((await search({ query: '磁盘' })).lines).toEqual(['磁盘 ok', '磁盘 满']);
    expect((await search({ query: 'broken end' })).lines).toHaveLength(1);
  });

  it('refuses links that lead out, binaries and what is no file', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'opsagent-outside-'));
    writeFileSync(join(outside, 'secret.log'), 'secret\n');
    symlinkSync(join(outside, 'secret.log'), join(folder, 'link.log'));
    symlinkSync(outside, join(folder, 'linked'));
    symlinkSync('app.log', join(folder, 'current.log'));
    write('app.log', 'plain\n');
    write('core', Buffer.from([1, 0, 2, 0]));
    const everything = await search({});
    expect(everything.lines).toEqual(['plain']);
    expect(JSON.stringify(everything.skipped)).toMatch(/link\.log.*leads out.*core.*not a text file/s);
    for (const path of [`${folder}/*.log`, `${folder}/link.log`, `${folder}/**/secret.log`]) {
      expect(JSON.stringify(await search({ query: 'secret' }, [path]))).not.toContain('"lines"');
    }
    expect(await search({ file: '../../etc/passwd' })).toMatchObject({ status: 'no_data' });
    rmSync(outside, { recursive: true });
  });

  it('takes patterns of names', async () => {
    write('a/app.log', 'one\n');
    write('b/app.log', 'two\n');
    write('b/other.txt', 'three\n');
    write('b/app.log-20260101.gz', gzipSync('four\n'));
    expect((await search({}, [`${folder}/*/app.log`])).lines.join()).toMatch(
      /^(?=.*one)(?=.*two)(?=.*four)(?!.*three)/,
    );
    expect((await search({}, [`${folder}/**/*.txt`])).lines).toEqual(['three']);
    expect((await search({ file: '/b/' })).lines).toHaveLength(3);
  });

  it('cuts a line of 10 MB, and shows the part that fits', async () => {
    write('app.log', `before\n${'x'.repeat(5e6)} needle ${'y'.repeat(5e6)}\nafter\n`);
    const { lines } = await search({ query: 'needle', around: 1 });
    expect(lines[0]).toContain('before');
    expect(lines[1]).toContain(' needle ');
    expect(lines[1]?.length).toBeLessThan(2_200);
    expect(lines[2]).toContain('after');
  });

  it('shows the beginning and the end of a long stack trace', async () => {
    const frames = Array.from({ length: 150 }, (_, index) => `\tat a.b.C.method${index}(C.java:${index})`);
    write(
      'app.log',
      [`${at(9)} ERROR order failed`, ...frames, 'Caused by: java.io.IOException: disk full'].join('\n'),
    );
    const { lines } = await search({ query: 'order' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/ERROR order failed\n\tat[^]*left out[^]*Caused by: java.io.IOException: disk full$/);
  });

  it('answers from 50 MB in little time and few words', async () => {
    const line = (index: number): string =>
      `${at(400_000 - index)} INFO request ${index} of user ${index % 97} took ${index % 13} ms in the usual way\n`;
    const block = Array.from({ length: 10_000 }, (_, index) => line(index)).join('');
    const path = write('big.log', `${at(500_000)} ERROR the one needle\n`);
    for (let times = 0; times < 64; times += 1) appendFileSync(path, block);
    expect(statSync(path).size).toBeGreaterThan(50e6);
    const started = performance.now();
    expect((await search({ query: 'needle' })).lines).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2_000);
    const newest = await search({ level: 'info', limit: 500 });
    expect(newest.lines).toHaveLength(500);
    expect(JSON.stringify(newest).length).toBeLessThan(100_000);
    const patterns = await search({ mode: 'patterns' });
    expect(patterns).toMatchObject({ distinct: 2 });
    expect(JSON.stringify(patterns).length).toBeLessThan(2_000);
  }, 30_000);

  it('reads only the end of what is large when it is unpacked', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('needle\n'), Buffer.alloc(100e6, 'a\n'), Buffer.from('end\n')]));
    write('app.log.gz', bomb);
    const found = await search({ query: 'needle' });
    expect(found.status).toBe('no_data');
    expect(JSON.stringify(found.skipped)).toContain('only its end was searched');
    expect((await search({ query: 'end' })).lines).toEqual(['end']);
  }, 30_000);

  it('gives up a pattern that never ends, and at once when it is stopped', async () => {
    write('app.log', `${'a'.repeat(50)}!\n`);
    const query = logQueryOf({ query: '^(a+)+$', regex: true }, NOW) as LogQuery;
    const { signal } = new AbortController();
    const answer = scanned({ paths: [folder], query, longestMs: 100 }, signal, 400);
    expect(await answer).toMatch(/takes too long/);
    const stopping = new AbortController();
    const waiting = search({ query: '^(a+)+$', regex: true }, [folder], stopping.signal);
    const started = performance.now();
    stopping.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('searches for many at once, and lets those go that are stopped while they wait', async () => {
    write('app.log', 'one\n');
    const stopping = new AbortController();
    const searches = Array.from({ length: 12 }, (_, index) =>
      search({}, [folder], index % 2 ? stopping.signal : undefined),
    );
    stopping.abort(new Error('stopped'));
    const ends = await Promise.allSettled(searches);
    expect(ends.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => ['fulfilled', 'rejected']).flat());
    expect((await search({})).lines).toEqual(['one']);
  });

  it('reads on in a file that is rotated meanwhile, and bears one that is cut short or gone', async () => {
    const path = write('app.log', 'one\n'.repeat(1_000_000));
    const [file] = allowedFiles([path]).files as [AllowedFile];
    const bytes = await openedFile(file, () => true);
    renameSync(path, `${path}.1`);
    const blocks = blocksOf(bytes);
    expect(blocks.next().value).toMatch(/^(one\n)+$/);
    truncateSync(`${path}.1`, 8);
    expect([...blocks]).toEqual(['one\none\n']);
    bytes.close();
    await expect(openedFile(file, () => true)).rejects.toThrow('cannot be read (ENOENT)');
    expect((await search({ query: 'one' }, [path])).lines).toEqual(['one', 'one']);
  });

  it('is registered with absolute paths only, and says what can be read', async () => {
    for (const paths of [[], ['var/log'], ['/var/log/../../etc']])
      expect(LOG_FILES.problemWith?.({ paths })).toBeDefined();
    write('app.log', 'one\n');
    const { signal } = new AbortController();
    expect(await LOG_FILES.test(sourceOf([folder]), signal)).toBe('Files that can be read: 1 of 1, 1 MB.');
    await expect(LOG_FILES.test(sourceOf([join(folder, 'none.log')]), signal)).rejects.toThrow(
      /none\.log is not there/,
    );
  });
});
