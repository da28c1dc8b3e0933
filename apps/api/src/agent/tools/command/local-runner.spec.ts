import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually.js';
import { areGone, processesWith } from '../../../../test/support/processes.js';
import { LocalRunner } from './local-runner.js';

const runner = new LocalRunner();
const usual = () => ({ signal: new AbortController().signal, timeoutMs: 10_000 });
const sh = (script: string) => ({ argv: ['sh', '-c', script] });

describe('commands on this machine', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsagent-commands-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('tell their output, their exit code and the signal that ended them', async () => {
    expect(await runner.run(sh('echo out; echo err >&2; exit 3'), usual())).toMatchObject({
      ...{ exitCode: 3, killedBy: null, stdout: 'out\n', stderr: 'err\n', isOverdue: false },
    });
    expect(await runner.run(sh('kill -KILL $$'), usual())).toMatchObject({ exitCode: null, killedBy: 'SIGKILL' });
  });

  it('are read by no shell', async () => {
    const words = ['$(id)', '`id`', ';', '&&', '|', '>', '*', '~', "'", '"', '\\', '$HOME', '', ' a  b ', '-n', '中文'];
    const { stdout } = await runner.run({ argv: ['printf', '%s\\n', ...words] }, usual());
    expect(stdout).toBe(words.map((word) => `${word}\n`).join(''));
  });

  it('know nothing of our environment, and wait for no input', async () => {
    const { stdout } = await runner.run({ argv: ['env'] }, usual());
    const names = stdout.split('\n').flatMap((line) => line.split('=')[0] || []);
    const given = ['COMMAND_MARK', 'HOME', 'LC_ALL', 'NO_COLOR', 'PAGER', 'PATH', 'SYSTEMD_PAGER', 'TERM'];
    expect(names.sort()).toEqual(given);
    expect(await runner.run({ argv: ['cat'] }, usual())).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('start where they are told to', async () => {
    expect((await runner.run({ argv: ['pwd'], cwd: folder }, usual())).stdout).toBe(`${folder}\n`);
    await expect(runner.run({ argv: ['pwd'], cwd: `${folder}/none` }, usual())).rejects.toMatchObject({
      code: 'ENOENT',
    });
    await expect(runner.run({ argv: ['no-such-program'] }, usual())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('show their output while they run', async () => {
    const shown: string[] = [];
    const running = runner.run(sh(`echo first; while [ ! -e ${folder}/go ]; do sleep 0.01; done; echo 二`), {
      ...usual(),
      onOutput: (text) => shown.push(text),
    });
    await eventually(() => shown.join('') === 'first\n');
    await writeFile(join(folder, 'go'), '');
    await running;
    expect(shown.join('')).toBe('first\n二\n');
  });

  it('may say very much: its beginning and its end are kept', async () => {
    const { stdout } = await runner.run(sh('echo begin; head -c 20000000 /dev/zero | tr "\\0" x; echo end'), usual());
    expect(stdout.length).toBeLessThan(2_200_000);
    expect(stdout).toMatch(/^begin\n[^]*\(\d+ bytes were left out here\.\)[^]*end\n$/);
  });

  it('do not hold anybody up by what they leave behind', async () => {
    const { exitCode, ms } = await runner.run(sh('sleep 5 & echo started'), usual());
    expect([exitCode, ms < 2_000]).toEqual([0, true]);
  });

  it.each([
    ['and its children', 'sleep 300.SEED & sleep 300.SEED'],
    ['although it does not care for signals', 'trap "" TERM; sleep 300.SEED & sleep 300.SEED; sleep 300.SEED'],
    ['and children in groups of their own', 'setsid sleep 300.SEED & sleep 300.SEED'],
  ])('end within half a second when they are stopped, %s', async (_what, script) => {
    const seed = String(Math.random()).slice(2, 12);
    const stopping = new AbortController();
    const running = runner.run(sh(script.replaceAll('SEED', seed)), { ...usual(), signal: stopping.signal });
    const refused = expect(running).rejects.toThrow('stopped');
    await eventually(async () => (await processesWith(seed)).length >= 2);
    const pids = await processesWith(seed);
    stopping.abort(new Error('stopped'));
    await eventually(() => areGone(pids), 500);
    await refused;
    expect(await processesWith(seed)).toEqual([]);
  });

  it('end when their time is over, and say so', async () => {
    expect(await runner.run({ argv: ['sleep', '30'] }, { ...usual(), timeoutMs: 100 })).toMatchObject({
      ...{ isOverdue: true, mayStillRun: false, killedBy: 'SIGTERM' },
    });
  });
});
