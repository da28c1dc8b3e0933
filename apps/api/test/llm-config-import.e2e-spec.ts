import { jest } from '@jest/globals';
import type { LlmConfigDto, LlmConfigRevisionListDto, LlmConfigTestDto, ProblemDto } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { aUser } from './support/a-user.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { shortly, TransferClient } from './support/transfer-client.js';

const KEY = 'sk-canary-import-0123456789';
const PASSPHRASE = 'canary correct horse battery';
const OLLAMA = { provider: 'ollama', model_name: 'qwen3' };
const OPENAI = { provider: 'openai', model_name: 'gpt-6-luna' };

jest.setTimeout(30_000);

describe('the import of model configurations', () => {
  let simulator: Simulator;
  let app: TestApp;
  let admin: TransferClient;

  beforeAll(async () => {
    simulator = await startSimulator();
  });

  beforeEach(async () => {
    app = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}` });
    admin = new TransferClient(app);
  });

  afterEach(() => app.close());

  afterAll(() => simulator.close());

  const wipe = async (): Promise<void> => void (await app.query('delete from llm_configs'));

  it.each(['yaml', 'json'])('brings back from %s what was exported, keys and all, and it works', async (format) => {
    const base_url = `${simulator.url}/openai/v1`;
    const reserve = await admin.create({ name: '备用 reserve', base_url, api_key: 'sim-key', model_name: 'sim-text' });
    const values = { temperature: 0.2, tags: ['prod'], description: 'a\nb\n', extra_config: { seed: 1, stop: ['1'] } };
    await admin.create({ name: '007', ...OLLAMA, ...values, fallback_ids: [reserve.id], is_active: false });
    const before = await admin.all();
    const { content } = await admin.export({ format, passphrase: PASSPHRASE });
    await wipe();
    const plan = await admin.plan(content, { passphrase: PASSPHRASE });
    expect(plan).toMatchObject({ source: 'opsagent', counts: { new: 2, change: 0, same: 0, conflict: 0, invalid: 0 } });
    const { body: job } = await admin.import(content, { passphrase: PASSPHRASE, fingerprint: plan.fingerprint });
    expect(job).toMatchObject({ kind: 'llm_config_import', state: 'finished', total: 2, done: 2, failed: 0 });
    const after = await admin.all();
    expect([...after.values()].map(lasting)).toEqual([...before.values()].map(lasting));
    const restored = after.get('备用 reserve')?.id ?? '';
    const tested = await admin.send<LlmConfigTestDto>('POST', `/${restored}/test`, {});
    expect(tested.body.success).toBe(true);
    const chains = await app.query('select fallback_ids from llm_config_options where cardinality(fallback_ids) > 0');
    expect(chains).toEqual([{ fallback_ids: [restored] }]);
    const again = await admin.plan(content, { passphrase: PASSPHRASE });
    expect(again.items.map(({ changes }) => changes)).toEqual([[], []]);
    expect(again.counts.same).toBe(2);
  });

  it('tells what is new, the same, changed with its fields, in conflict and invalid; and does just that', async () => {
    await admin.create({ name: 'same', ...OLLAMA });
    const changed = await admin.create({ name: 'changed', ...OLLAMA, description: 'kept', temperature: 0.1 });
    await admin.create({ name: 'taken', ...OPENAI });
    const items = [
      { name: 'new', ...OLLAMA, tags: ['a'] },
      { name: 'SAME', ...OLLAMA },
      { name: 'Changed', ...OLLAMA, temperature: 0.9, fallbacks: ['new', 'nobody'] },
      { name: 'taken', ...OLLAMA },
      { name: 'new', ...OLLAMA },
      { name: 'hot', ...OLLAMA, temperature: 'warm' },
      { name: 'odd', ...OLLAMA, colour: 'red' },
      'no object',
    ];
    const before = await app.query('select * from llm_configs order by id');
    const plan = await admin.plan(items);
    expect(plan.items.map(shortly)).toEqual([
      ['new', 'new', 'name provider model_name is_active is_default is_embedding tags'],
      ['SAME', 'change', 'name'],
      ['Changed', 'change', 'name temperature fallbacks'],
      ['taken', 'conflict', 'provider model_name api_key'],
      ['new', 'conflict', 'name provider model_name is_active is_default is_embedding'],
      ['hot', 'invalid', ''],
      ['odd', 'invalid', ''],
      ['#8', 'invalid', ''],
    ]);
    expect(plan.items[2]?.reasons).toEqual(['left out of its fallbacks: nobody']);
    expect(plan.items[3]?.reasons).toEqual(
      expect.arrayContaining(['the name is taken by a configuration of another provider: openai']),
    );
    expect(plan.items.slice(5).map(({ reasons }) => reasons[0])).toEqual([
      expect.stringMatching(/^temperature must/),
      'property colour should not exist',
      'it is not an object',
    ]);
    expect(await app.query('select * from llm_configs order by id')).toEqual(before);
    const { body: job } = await admin.import(items, { fingerprint: plan.fingerprint });
    expect(job.items.map(({ state }) => state)).toEqual([
      ...['passed', 'passed', 'passed', 'skipped', 'skipped', 'skipped', 'skipped', 'skipped'],
    ]);
    const all = await admin.all();
    expect([...all.keys()].sort()).toEqual(['Changed', 'SAME', 'new', 'taken']);
    expect(all.get('Changed')).toMatchObject({ id: changed.id, description: 'kept', temperature: 0.9 });
    const { body } = await admin.send<LlmConfigRevisionListDto>('GET', `/${changed.id}/revisions`);
    expect(body.items[0]).toMatchObject({ action: 'import', changes: expect.any(Array) as unknown });
  });

  it('skips, renames and overwrites as decided', async () => {
    const names = ['over', 'other', 'left', 'edited'];
    for (const name of names) await admin.create({ name, ...OPENAI, description: 'before' });
    const items = [...names.slice(0, 3), 'fresh'].map((name) => ({ name, ...OLLAMA, description: 'after' }));
    items.push(
      { name: 'edited', ...OPENAI, description: 'after' },
      { name: 'edited', ...OPENAI, description: 'twice' },
    );
    const decisions = [
      ...[
        { index: 0, choice: 'overwrite' },
        { index: 1, choice: 'rename' },
        { index: 3, choice: 'skip' },
      ],
      ...[
        { index: 4, choice: 'skip' },
        { index: 5, choice: 'rename' },
      ],
    ];
    const { body: job } = await admin.import(items, { decisions });
    expect(job.items.map(({ state, name }) => `${state} ${name}`)).toEqual([
      ...['passed over', 'passed other 2', 'skipped left', 'skipped fresh', 'skipped edited', 'passed edited 2'],
    ]);
    const all = await admin.all();
    const told = [...all.values()].map(({ name, provider, description }) => [name, provider, description].join(' '));
    expect(told.sort()).toEqual([
      ...['edited 2 openai twice', 'edited openai before', 'left openai before', 'other 2 ollama after'],
      ...['other openai before', 'over ollama after'],
    ]);
    expect(all.get('over')).toMatchObject({ has_api_key: false, is_active: true });
    const wrong = await admin.import(items, { decisions: [{ index: 5, choice: 'overwrite' }] });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('cannot overwrite')]);
    const stranger = await admin.import(items, { decisions: [{ index: 6, choice: 'skip' }] });
    expect([stranger.status, stranger.text]).toEqual([400, expect.stringContaining('is not in the file')]);
  });

  it('keeps what has no key inactive until it is entered, and lets no stored key go to another server', async () => {
    await admin.create({ name: 'moved', ...OPENAI, api_key: KEY });
    const moved = { name: 'moved', ...OPENAI, base_url: 'https://elsewhere.example.org/v1' };
    const { items } = await admin.plan([{ name: 'bare', ...OPENAI }, moved]);
    expect(items[0]).toMatchObject({ action: 'new', missing_key: true });
    expect(items[0]?.reasons).toEqual(['it stays inactive until its key is entered']);
    expect(items[1]).toMatchObject({ action: 'conflict', missing_key: true });
    expect(items[1]?.changes).toContainEqual({ field: 'api_key', before: 'stored', after: null });
    await admin.import([{ name: 'bare', ...OPENAI }, moved], { decisions: [{ index: 1, choice: 'overwrite' }] });
    const all = await admin.all();
    expect(all.get('bare')).toMatchObject({ is_active: false, has_api_key: false, is_default: false });
    expect(all.get('moved')).toMatchObject({ is_active: false, has_api_key: false, is_default: false });
  });

  it('leaves the default where it is, and fills its place where there is none', async () => {
    const items = ['one', 'two'].map((name) => ({ name, ...OLLAMA, is_default: true }));
    await admin.import(items);
    const first = await admin.all();
    expect([first.get('one')?.is_default, first.get('two')?.is_default]).toEqual([true, false]);
    const { items: planned } = await admin.plan([{ name: 'three', ...OLLAMA, is_default: true }]);
    expect(planned[0]?.reasons).toEqual(['it does not become the default: there is one already']);
  });

  it('is refused when it would do something else than the plan that was looked at', async () => {
    const items = [{ name: 'main', ...OLLAMA, temperature: 0.5 }];
    const { fingerprint } = await admin.plan(items);
    const { id } = await admin.create({ name: 'Main', ...OLLAMA });
    const { status, text } = await admin.import(items, { fingerprint });
    expect([status, (JSON.parse(text) as ProblemDto).code]).toEqual([409, 'llm-config/import-changed']);
    const again = await admin.plan(items);
    await admin.send('PUT', `/${id}`, { description: 'changed meanwhile' });
    expect((await admin.import(items, { fingerprint: again.fingerprint })).status).toBe(409);
    expect((await admin.get(id)).temperature).toBeNull();
  });

  it('is undone as a whole, but for what was changed or taken into use since', async () => {
    await admin.create({ name: 'before', ...OPENAI, api_key: KEY, description: 'old' });
    const items = [
      { name: 'before', ...OPENAI, api_key: 'sk-canary-another-987654', description: 'new' },
      { name: 'main', ...OLLAMA, fallbacks: ['reserve'] },
      { name: 'reserve', ...OLLAMA, fallbacks: ['main'] },
      { name: 'edited', ...OLLAMA },
      { name: 'used', ...OLLAMA },
    ];
    const plan = await admin.plan(items);
    expect(plan.items[0]?.changes).toContainEqual({ field: 'api_key', before: 'stored', after: 'changed' });
    const { body: job } = await admin.import(items);
    expect(job).toMatchObject({ can_undo: true, failed: 0 });
    const made = await admin.all();
    await admin.send('PUT', `/${made.get('edited')?.id}`, { description: 'mine' });
    const session = { method: 'POST', headers: { ...app.admin.headers, 'content-type': 'application/json' } };
    await fetch(`${app.url}/api/sessions`, {
      ...session,
      body: JSON.stringify({ llm_config_id: made.get('used')?.id }),
    });
    const undone = await admin.undo(job);
    expect(undone).toMatchObject({ state: 'finished', undo_of: job.id });
    const left = await admin.all();
    expect([...left.keys()].sort()).toEqual(['before', 'edited', 'used']);
    expect(left.get('before')).toMatchObject({ description: 'old', api_key_masked: 'sk-…6789' });
    expect(undone.items.filter(({ state }) => state === 'skipped').map(({ detail }) => detail)).toEqual([
      ...['It is in use since.', 'It was changed since.'],
    ]);
  });

  it('lets an operator import, but touch nothing that is not their own', async () => {
    const operator = new TransferClient(app, (await aUser(app, 'operator')).headers);
    const { id } = await admin.create({ name: 'theirs', ...OLLAMA });
    const items = [
      { name: 'theirs', ...OLLAMA, temperature: 1 },
      { name: 'own', ...OLLAMA },
    ];
    const { items: planned } = await operator.plan(items);
    expect(planned.map(({ action }) => action)).toEqual(['conflict', 'new']);
    const refused = await operator.import(items, { decisions: [{ index: 0, choice: 'overwrite' }] });
    expect(refused.status).toBe(403);
    expect([...(await admin.all()).keys()]).toEqual(['theirs']);
    expect((await operator.import(items)).status).toBe(200);
    expect((await admin.get(id)).temperature).toBeNull();
    const viewer = new TransferClient(app, (await aUser(app, 'viewer')).headers);
    expect((await viewer.import(items)).status).toBe(403);
    expect((await viewer.send('POST', '/import/plan', { content: '{}' })).status).toBe(403);
  });

  it('takes header values that are credentials along as it does keys', async () => {
    const headers = { 'X-Api-Key': 'canary-header-0123456789', 'X-Team': 'ops' };
    await admin.create({ name: 'main', ...OLLAMA, extra_config: { headers } });
    const sealed = await admin.export({ passphrase: PASSPHRASE });
    const { content } = await admin.export();
    expect((await admin.plan(content)).counts.same).toBe(1);
    expect((await admin.plan(sealed.content, { passphrase: PASSPHRASE })).counts.same).toBe(1);
    await wipe();
    expect((await admin.plan(content)).items[0]?.reasons[0]).toMatch(/X-Api-Key/);
    await admin.import(sealed.content, { passphrase: PASSPHRASE });
    const again = await admin.export({ passphrase: PASSPHRASE });
    expect((await admin.plan(again.content, { passphrase: PASSPHRASE })).counts.same).toBe(1);
    const [row] = await app.query<{ secret_headers: string }>('select secret_headers from llm_config_options');
    expect(row?.secret_headers).toMatch(/^v1:/);
    expect([...admin.answers, sealed.content, content].join()).not.toMatch(/canary/);
  });

  it('opens sealed keys with their passphrase only, and only where they belong', async () => {
    await admin.create({ name: 'main', ...OPENAI, api_key: KEY });
    const { content } = await admin.export({ format: 'json', passphrase: PASSPHRASE });
    await wipe();
    const wrong = await admin.send<ProblemDto>('POST', '/import/plan', { content, passphrase: 'wrong' });
    expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([400, 'passphrase']);
    const [without] = (await admin.plan(content)).items;
    expect(without).toMatchObject({ action: 'new', missing_key: true });
    expect(without?.reasons).toContain('its key is sealed: give the passphrase of the file');
    const moved = content.replace('"base_url": null', '"base_url": "https://thief.example.org/v1"');
    const [stolen] = (await admin.plan(moved, { passphrase: PASSPHRASE })).items;
    expect([stolen?.action, stolen?.reasons[0]]).toEqual(['invalid', expect.stringMatching(/api_key_sealed/)]);
    const costly = content.replace('131072', '1073741824');
    expect((await admin.import(costly, { passphrase: PASSPHRASE })).status).toBe(400);
    await admin.import(content, { passphrase: PASSPHRASE });
    expect((await admin.all()).get('main')).toMatchObject({ has_api_key: true, is_active: true });
    const rows = await app.query(`select to_jsonb(j) j from job_items j union all select to_jsonb(a) from audit_log a`);
    expect([...admin.answers, ...app.log, JSON.stringify(rows)].join()).not.toMatch(/canary/);
  });
});

/** What outlives an export and an import: all but ids, times and who did it. */
function lasting({ id: _id, created_at: _at, updated_at: _on, ...config }: LlmConfigDto): object {
  return config;
}
