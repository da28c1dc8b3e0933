import type { JobDto, JobListDto } from '@opsagent/contracts';
import type { JobItem, JobOutcome, JobWork, UndoItem } from '../src/platform/jobs/job-work.js';
import { TooManyJobs } from '../src/platform/jobs/job.errors.js';
import { JobUndo } from '../src/platform/jobs/job-undo.js';
import { Jobs } from '../src/platform/jobs/jobs.js';
import { RequestContexts } from '../src/platform/actor/request-context.js';
import { aUser } from './support/a-user.js';
import { eventually } from './support/eventually.js';
import { startTestApp, type TestApp } from './support/test-app.js';

interface Asker {
  id: string;
  headers: Record<string, string>;
}

describe('a job', () => {
  let app: TestApp;
  let owner: Asker;

  beforeAll(async () => {
    app = await startTestApp();
    owner = await aUser(app, 'operator');
  });

  afterAll(() => app.close());

  const ask = async (path: string, headers: Record<string, string>, method = 'GET', at = app) => {
    const response = await fetch(`${at.url}/api/jobs${path}`, { method, headers });
    return { status: response.status, body: (await response.json()) as JobDto };
  };

  const read = async (id: string): Promise<JobDto> => (await ask(`/${id}`, owner.headers)).body;

  const whenOver = async (id: string): Promise<JobDto> => {
    await eventually(async () => (await read(id)).state !== 'running');
    return read(id);
  };

  /** Starts work as the owner would by a request. */
  const start = (run: JobWork['run'], names: string[], way: Partial<JobWork> = {}, at = app): Promise<JobDto> => {
    const actor = { kind: 'user', userId: owner.id, name: 'x', role: 'operator', credential: 'token', address: null };
    const items = names.map((name) => ({ name, targetId: null }));
    const work: JobWork = { kind: 'llm_config_bulk', action: 'test', items, run, ...way };
    const context = { id: crypto.randomUUID(), address: null, actor: actor as never };
    return at.app.get(RequestContexts).run(context, () => at.app.get(Jobs).start(work));
  };

  const passed = (items: readonly JobItem[]): Promise<JobOutcome[]> =>
    Promise.resolve(items.map(() => ({ state: 'passed' })));

  /** Ends when it is told to stop, and not before. */
  const waits = (_items: readonly JobItem[], signal: AbortSignal): Promise<JobOutcome[]> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

  it('tells of every item what came of it', async () => {
    const outcomes: Record<string, JobOutcome> = {
      good: { state: 'passed', detail: 'fine\0', targetId: owner.id },
      bad: { state: 'failed', detail: 'It is broken.', code: 'x/broken' },
      left: { state: 'skipped', detail: 'It is so already.' },
    };
    const { id, state, total, done } = await start(
      ([item]) => Promise.resolve([outcomes[item?.name ?? '']]),
      Object.keys(outcomes),
    );
    expect({ state, total, done }).toEqual({ state: 'running', total: 3, done: 0 });
    expect(await whenOver(id)).toMatchObject({
      ...{ kind: 'llm_config_bulk', action: 'test', state: 'finished', total: 3, done: 3, failed: 1 },
      ...{ can_undo: false, undo_of: null, error: null, finished_at: expect.any(String) },
      items: [
        { name: 'good', state: 'passed', detail: 'fine', code: null, target_id: owner.id },
        { name: 'bad', state: 'failed', detail: 'It is broken.', code: 'x/broken', target_id: null },
        { name: 'left', state: 'skipped', detail: 'It is so already.', code: null, target_id: null },
      ],
    });
  });

  it('goes on after an item that broke, and says nothing of its inside', async () => {
    const { id } = await start(
      ([item]) => (item?.name === 'first' ? Promise.reject(new Error('secret inside')) : passed([item])),
      ['first', 'second'],
    );
    const { items, state } = await whenOver(id);
    expect(state).toBe('finished');
    expect(items.map((item) => [item.state, item.code])).toEqual([
      ['failed', 'internal/unexpected'],
      ['passed', null],
    ]);
    expect(items[0]?.detail).not.toContain('secret');
  });

  it('works on as many at a time as it may, and shows which', async () => {
    let [now, most] = [0, 0];
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const run = async (items: readonly JobItem[]) => {
      most = Math.max(most, ++now);
      await gate;
      now--;
      return passed(items);
    };
    const { id } = await start(run, ['a', 'b', 'c', 'd', 'e', 'f', 'g'], { concurrency: 2, groupSize: 2 });
    const states = async () => (await read(id)).items.map(({ state }) => state).join(' ');
    await eventually(async () => (await states()) === 'running running running running waiting waiting waiting');
    letGo();
    expect((await whenOver(id)).done).toBe(7);
    expect(most).toBe(2);
  });

  it('is its owner’s and the administrators’ alone', async () => {
    const { id } = await start(passed, ['a']);
    const stranger = await aUser(app, 'approver');
    for (const [path, method] of [
      ['', 'GET'],
      ['/cancel', 'POST'],
      ['/undo', 'POST'],
    ] as const)
      expect(await ask(`/${id}${path}`, stranger.headers, method)).toMatchObject({
        ...{ status: 404, body: { code: 'job/not-found' } },
      });
    expect((await ask(`/${id}`, app.admin.headers)).status).toBe(200);
    const listed = async (headers: Record<string, string>) =>
      ((await ask('', headers)).body as unknown as JobListDto).items.map((job) => job.id);
    expect(await listed(stranger.headers)).toEqual([]);
    expect(await listed(owner.headers)).toContain(id);
  });

  it('ends when it is cancelled, also by way of another process', async () => {
    const other = await startTestApp({}, app.database);
    try {
      const { id } = await start(waits, ['a', 'b', 'c']);
      expect((await ask(`/${id}/cancel`, owner.headers, 'POST', other)).status).toBe(202);
      const { state, items, done } = await whenOver(id);
      expect({ state, done }).toEqual({ state: 'cancelled', done: 3 });
      expect(items.map((item) => item.code)).toEqual(Array(3).fill('job/cancelled'));
      expect(items.map((item) => item.state)).toEqual(Array(3).fill('skipped'));
    } finally {
      await other.close();
    }
  });

  it('is one of at most twenty of its owner at a time', async () => {
    const jobs: JobDto[] = [];
    for (let n = 0; n < 20; n++) jobs.push(await start(waits, ['a']));
    await expect(start(waits, ['a'])).rejects.toThrow(TooManyJobs);
    for (const { id } of jobs) await ask(`/${id}/cancel`, owner.headers, 'POST');
    for (const { id } of jobs) expect((await whenOver(id)).state).toBe('cancelled');
  });

  it('is interrupted with its server, in an orderly way', async () => {
    const other = await startTestApp({}, app.database);
    const { id } = await start(waits, ['a', 'b'], {}, other);
    await other.close();
    expect(await read(id)).toMatchObject({ state: 'interrupted', done: 2, items: [{ code: 'job/interrupted' }, {}] });
  });

  it('is interrupted when its process died, and what it did can be put back', async () => {
    const done = ([item]: readonly JobItem[], signal: AbortSignal) =>
      item?.name === 'done'
        ? Promise.resolve<JobOutcome[]>([{ state: 'passed', undo: { was: 1 } }])
        : waits([], signal);
    const { id } = await start(done, ['done', 'begun', 'waiting']);
    await eventually(async () => (await read(id)).items[1]?.state === 'running');
    await app.query(`update jobs set lease_until = now() - interval '1 second' where id = $1`, [id]);
    const second = await startTestApp({}, app.database);
    await second.close();
    const { state, can_undo, items } = await read(id);
    expect({ state, can_undo }).toEqual({ state: 'interrupted', can_undo: true });
    expect(items.map((item) => item.state)).toEqual(['passed', 'failed', 'skipped']);
  });

  it('puts back what its passed items changed, last change first and once', async () => {
    const seen: unknown[] = [];
    app.app.get(JobUndo).register('llm_config_import', (action) => ({
      groupSize: 10,
      run: (items: readonly UndoItem[]) => {
        seen.push(action, ...items.map(({ undo }) => undo));
        return passed(items);
      },
    }));
    const run: JobWork['run'] = (items) =>
      Promise.resolve(
        items.map(({ name }) => (name === 'bad' ? { state: 'failed' } : { state: 'passed', undo: { was: name } })),
      );
    const { id } = await start(run, ['a', 'bad', 'b'], { kind: 'llm_config_import', action: 'apply' });
    expect(await whenOver(id)).toMatchObject({ can_undo: true });
    const answers = await Promise.all([1, 2, 3].map(() => ask(`/${id}/undo`, owner.headers, 'POST')));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    const undo = answers.find(({ status }) => status === 202)?.body as JobDto;
    expect(await whenOver(undo.id)).toMatchObject({ undo_of: id, state: 'finished', total: 2, can_undo: false });
    expect(seen).toEqual(['apply', { was: 'b' }, { was: 'a' }]);
    expect(await read(id)).toMatchObject({ can_undo: false });
  });

  it('stores ten thousand items in a moment', async () => {
    const names = Array.from({ length: 10_000 }, (_, n) => `config ${n}`);
    const began = performance.now();
    const { id } = await start(passed, names, { groupSize: 100 });
    expect(await whenOver(id)).toMatchObject({ state: 'finished', done: 10_000 });
    expect(performance.now() - began).toBeLessThan(10_000);
  }, 20_000);
});
