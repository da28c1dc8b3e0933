import type { JobDto, LlmConfigDto, LlmConfigRevisionListDto, LlmConfigTestListDto } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { aUser } from './support/a-user.js';
import { eventually } from './support/eventually.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('bulk work on configurations', () => {
  let app: TestApp;
  let simulator: Simulator;
  let configs: LlmConfigClient;

  beforeAll(async () => {
    simulator = await startSimulator();
    app = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}` });
    configs = new LlmConfigClient(app);
  });

  beforeEach(() => app.query('delete from llm_configs'));

  afterAll(async () => {
    await app.close();
    await simulator.close();
  });

  const whenOver = async (id: string): Promise<JobDto> => {
    const isOver = () => app.query("select from jobs where id = $1 and state <> 'running'", [id]);
    await eventually(async () => (await isOver()).length > 0, 60_000);
    return (await (await fetch(`${app.url}/api/jobs/${id}`, app.admin)).json()) as JobDto;
  };

  const bulk = async (input: object, as = configs): Promise<JobDto> => {
    const { status, body, text } = await as.send<JobDto>('POST', '/bulk', input);
    if (status !== 202) throw new Error(text);
    return whenOver(body.id);
  };

  const undo = async ({ id }: JobDto): Promise<JobDto> => {
    const response = await fetch(`${app.url}/api/jobs/${id}/undo`, { ...app.admin, method: 'POST' });
    return whenOver(((await response.json()) as JobDto).id);
  };

  const create = async (...names: string[]): Promise<LlmConfigDto[]> => {
    const created: LlmConfigDto[] = [];
    for (const name of names) created.push(await configs.create({ name }));
    return created;
  };

  const ids = (created: readonly { id: string }[]) => created.map(({ id }) => id);
  const states = ({ items }: JobDto) => items.map(({ name, state }) => `${name} ${state}`);
  const details = async (id: string) => (await configs.send('GET', `/${id}?include=details`)).body.details;
  const read = async (created: readonly { id: string }[]) =>
    Promise.all(created.map(async ({ id }) => (await configs.get(id)).is_active));

  it('switches off what is on, leaves out what is off, and puts back exactly that', async () => {
    const [main, off, other] = await create('main', 'off', 'other');
    await configs.send('POST', `/${off?.id}/toggle-status`);
    const job = await bulk({ action: 'disable', ids: [...ids([main, off, other] as LlmConfigDto[]), UNKNOWN] });
    expect(states(job)).toEqual(['main passed', 'off skipped', 'other passed', `${UNKNOWN} failed`]);
    expect(job).toMatchObject({ action: 'disable', total: 4, done: 4, failed: 1, can_undo: true });
    expect(job.items.map(({ detail }) => detail)).toEqual([
      ...['It is no longer the default.', 'It is inactive already.', null],
      `There is no model configuration "${UNKNOWN}".`,
    ]);
    expect(job.items[3]?.code).toBe('llm-config/not-found');
    const all = [main, off, other] as LlmConfigDto[];
    expect(await read(all)).toEqual([false, false, false]);
    expect(states(await undo(job))).toEqual(['other passed', 'main passed']);
    expect(await read(all)).toEqual([true, false, true]);
    expect(await configs.get(main?.id ?? '')).toMatchObject({ is_default: true });
  });

  it('switches on, and an undo leaves alone what was switched off meanwhile', async () => {
    const all = await create('a', 'b');
    await bulk({ action: 'disable', ids: ids(all) });
    const job = await bulk({ action: 'enable', ids: ids(all) });
    expect(await read(all)).toEqual([true, true]);
    await configs.send('POST', `/${all[0]?.id}/toggle-status`);
    expect(states(await undo(job))).toEqual(['b passed', 'a skipped']);
    expect(await read(all)).toEqual([false, false]);
  });

  it('deletes, keeps what is in use unless forced, and brings all back whole', async () => {
    const [main, spare, user] = (await create('main', 'spare', 'user')) as [LlmConfigDto, LlmConfigDto, LlmConfigDto];
    await configs.send('PUT', `/${user.id}`, { fallback_ids: [spare.id, main.id], tags: ['x'] });
    const job = await bulk({ action: 'delete', ids: ids([main, spare]) });
    expect(states(job)).toEqual(['main failed', 'spare failed']);
    expect(job.items.map(({ code }) => code)).toEqual(Array(2).fill('llm-config/in-use'));
    expect(job.can_undo).toBe(false);
    const forced = await bulk({ action: 'delete', ids: ids([main, spare, user]), force: true });
    expect(states(forced)).toEqual(['main passed', 'spare passed', 'user passed']);
    expect((await configs.send<LlmConfigDto[]>('GET', '')).body).toEqual([]);
    expect(states(await undo(forced))).toEqual(['user passed', 'spare passed', 'main passed']);
    expect(await configs.get(main.id)).toMatchObject({ name: 'main', is_default: true, has_api_key: true });
    expect(await details(user.id)).toMatchObject({ tags: ['x'], fallback_ids: [spare.id, main.id] });
  });

  it('brings back what stood in somebody else’s chain, which it does not touch', async () => {
    const user = await aUser(app, 'operator');
    const theirs = new LlmConfigClient(app, user.headers);
    const own = await theirs.create({ name: 'own' });
    await configs.create({ name: 'of the administrator', fallback_ids: [own.id] });
    const { body } = await theirs.send<JobDto>('POST', '/bulk', { action: 'delete', ids: [own.id], force: true });
    await whenOver(body.id);
    const undone = await fetch(`${app.url}/api/jobs/${body.id}/undo`, { method: 'POST', headers: user.headers });
    expect(states(await whenOver(((await undone.json()) as JobDto).id))).toEqual(['own passed']);
  });

  it('says which of the deleted ones cannot come back', async () => {
    const all = await create('a', 'b');
    const job = await bulk({ action: 'delete', ids: ids(all), force: true });
    await create('A');
    const back = await undo(job);
    expect(states(back)).toEqual(['b passed', 'a failed']);
    expect(back.items[1]?.code).toBe('llm-config/name-taken');
  });

  it('adds and takes off tags, and puts back only what nobody changed since', async () => {
    const [a, b] = (await create('a', 'b')) as [LlmConfigDto, LlmConfigDto];
    await configs.send('PUT', `/${a.id}`, { tags: ['生产', 'Old'] });
    const job = await bulk({ action: 'tag', ids: ids([a, b]), tags: [' 生产 ', 'old', 'new'] });
    expect(states(job)).toEqual(['a passed', 'b passed']);
    expect((await details(a.id))?.tags).toEqual(['生产', 'Old', 'new']);
    expect((await details(b.id))?.tags).toEqual(['生产', 'old', 'new']);
    const again = await bulk({ action: 'tag', ids: [a.id], tags: ['NEW'] });
    expect(again.items).toMatchObject([{ state: 'skipped', detail: 'It has these tags already.' }]);
    await configs.send('PUT', `/${b.id}`, { tags: ['mine'] });
    const back = await undo(job);
    expect(states(back)).toEqual(['b failed', 'a passed']);
    expect(back.items[0]).toMatchObject({ code: 'llm-config/changed-since' });
    expect((await details(a.id))?.tags).toEqual(['生产', 'Old']);
    const untagged = await bulk({ action: 'untag', ids: ids([a, b]), tags: ['old'] });
    expect(states(untagged)).toEqual(['a passed', 'b skipped']);
    expect((await details(a.id))?.tags).toEqual(['生产']);
  });

  it('fails the one that would have too many tags', async () => {
    const [a] = (await create('a')) as [LlmConfigDto];
    await configs.send('PUT', `/${a.id}`, { tags: Array.from({ length: 20 }, (_, n) => `t${n}`) });
    const { items } = await bulk({ action: 'tag', ids: [a.id], tags: ['one more'] });
    expect(items).toMatchObject([
      { state: 'failed', code: 'input/invalid', detail: 'tags must have at most 20 items' },
    ]);
  });

  it('sets a timeout beside the other settings, and puts it back', async () => {
    const [a, b] = (await create('a', 'b')) as [LlmConfigDto, LlmConfigDto];
    const extra = { seed: 1, timeouts: { connect_ms: 500, total_ms: 9000 } };
    await configs.send('PUT', `/${a.id}`, { extra_config: extra });
    const job = await bulk({ action: 'set_timeout', ids: ids([a, b]), total_ms: 60_000 });
    const settings = async (id: string) => (await configs.get(id)).extra_config;
    expect(await settings(a.id)).toEqual({ seed: 1, timeouts: { connect_ms: 500, total_ms: 60_000 } });
    expect(await settings(b.id)).toEqual({ timeouts: { total_ms: 60_000 } });
    expect(states(await bulk({ action: 'set_timeout', ids: [a.id], total_ms: 60_000 }))).toEqual(['a skipped']);
    expect(states(await undo(job))).toEqual(['b passed', 'a passed']);
    expect(await settings(a.id)).toEqual(extra);
    expect((await settings(b.id)) ?? {}).toEqual({});
  });

  it('tests four at a time, and keeps each result in its history', async () => {
    const at = (model_name: string) =>
      configs.create({ name: model_name, model_name, api_key: 'sim-key', base_url: `${simulator.url}/openai/v1` });
    const good = await at('sim-text-2');
    const bad = await at('sim-401');
    const job = await bulk({ action: 'test', ids: ids([good, bad]) });
    expect(job).toMatchObject({ state: 'finished', failed: 1, can_undo: false });
    expect(job.items).toMatchObject([{ state: 'passed' }, { state: 'failed', code: 'test/key_invalid' }]);
    const undone = await fetch(`${app.url}/api/jobs/${job.id}/undo`, { ...app.admin, method: 'POST' });
    expect(undone.status).toBe(409);
    for (const [id, success] of [
      [good.id, true],
      [bad.id, false],
    ] as const)
      expect((await configs.send<LlmConfigTestListDto>('GET', `/${id}/tests`)).body.items).toMatchObject([{ success }]);
  });

  it('changes what is the asker’s own alone, and each change stands under their name', async () => {
    const user = await aUser(app, 'operator');
    const theirs = new LlmConfigClient(app, user.headers);
    const own = await theirs.create({ name: 'own' });
    const [other] = (await create('other')) as [LlmConfigDto];
    const { body } = await theirs.send<JobDto>('POST', '/bulk', { action: 'disable', ids: ids([own, other]) });
    const job = await whenOver(body.id);
    expect(states(job)).toEqual(['own passed', 'other failed']);
    expect(job.items[1]?.code).toBe('llm-config/not-yours');
    const { items } = (await configs.send<LlmConfigRevisionListDto>('GET', `/${own.id}/revisions`)).body;
    const [{ email }] = (await app.query('select email from users where id = $1', [user.id])) as [{ email: string }];
    expect(items[0]).toMatchObject({ action: 'disable', by: email });
    const [entry] = await app.query(
      "select actor_id, target_id from audit_log where action = 'llm_config.toggle_status' order by seq desc limit 1",
    );
    expect(entry).toEqual({ actor_id: user.id, target_id: own.id });
  });

  it.each([
    ['no configuration', { action: 'enable', ids: [] }, 'ids'],
    ['no tags to add', { action: 'tag', ids: [UNKNOWN] }, 'tags'],
    ['blank tags to take off', { action: 'untag', ids: [UNKNOWN], tags: [' '] }, 'tags'],
    ['a tag that is too long', { action: 'tag', ids: [UNKNOWN], tags: ['x'.repeat(51)] }, 'tags'],
    ['no timeout', { action: 'set_timeout', ids: [UNKNOWN] }, 'total_ms'],
    ['an unknown action', { action: 'rename', ids: [UNKNOWN] }, 'action'],
    ['what is no id', { action: 'enable', ids: ['x'] }, 'ids'],
  ])('refuses %s, naming the field', async (_, input, field) => {
    const { status, body } = await configs.send<{ errors: { field: string }[] }>('POST', '/bulk', input);
    expect({ status, field: body.errors[0]?.field }).toEqual({ status: 400, field });
  });

  it('goes through ten thousand in bounded time, while other changes get their turn', async () => {
    await app.query(
      `insert into llm_configs (name, provider, model_name) select 'config ' || n, 'ollama', 'x' from generate_series(1, 10000) n`,
    );
    const all = ids(await app.query<{ id: string }>('select id from llm_configs order by name'));
    const began = performance.now();
    const { body } = await configs.send<JobDto>('POST', '/bulk', { action: 'disable', ids: all });
    await eventually(async () => (await app.query("select from job_items where state = 'passed'")).length > 0);
    expect((await configs.send('PUT', `/${all[9_999]}`, { description: 'meanwhile' })).status).toBe(200);
    expect(await whenOver(body.id)).toMatchObject({ state: 'finished', done: 10_000, failed: 0 });
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(await configs.get(all[9_999] ?? '')).toMatchObject({ is_active: false, description: 'meanwhile' });
  }, 60_000);
});
