import type {
  DeletedLlmConfigListDto,
  FieldChangeDto,
  LlmConfigDto,
  LlmConfigRevisionListDto,
  ProblemDto,
} from '@opsagent/contracts';
import { LlmConfigClient } from './support/llm-config-client.js';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';

const KEY = 'sk-canary-history-0123456789';
const OTHER_KEY = 'sk-canary-second-9876543210';

describe('the history of a configuration', () => {
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeEach(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
  });

  afterEach(() => app.close());

  const revisionsOf = async (id: string, query = ''): Promise<LlmConfigRevisionListDto> =>
    (await configs.send<LlmConfigRevisionListDto>('GET', `/${id}/revisions${query}`)).body;

  const rollBack = (id: string, revisionId: string, headers = {}) =>
    configs.send('POST', `/${id}/revisions/${revisionId}/restore`, undefined, headers);

  it('tells who changed what, newest first, and of keys only that they changed', async () => {
    const { id } = await configs.create({ name: 'main', api_key: KEY, temperature: 0.2 });
    await configs.send('PUT', `/${id}`, { temperature: 0.9, tags: ['prod'], api_key: OTHER_KEY });
    await configs.send('POST', `/${id}/toggle-status`);
    const { items, total } = await revisionsOf(id);
    expect(total).toBe(3);
    expect(items.map(({ number, action, by }) => [number, action, by])).toEqual([
      [3, 'disable', ADMIN.email],
      [2, 'update', ADMIN.email],
      [1, 'create', ADMIN.email],
    ]);
    expect(items[1]?.changes).toEqual([
      { field: 'temperature', before: 0.2, after: 0.9 },
      { field: 'tags', before: [], after: ['prod'] },
      { field: 'api_key', before: 'stored', after: 'changed' },
    ]);
    expect(fieldsOf(items[0]?.changes)).toEqual(['is_active', 'is_default']);
    expect(fieldsOf(items[2]?.changes)).not.toContain('description');
    expect(configs.answers.join()).not.toMatch(/canary/);
    expect((await revisionsOf(id, '?skip=1&limit=1')).items.map(({ number }) => number)).toEqual([2]);
  });

  it('has no entry for a change that changed nothing, and none for use', async () => {
    const { id } = await configs.create({ description: 'same' });
    await configs.send('PUT', `/${id}`, { description: 'same' });
    expect((await revisionsOf(id)).total).toBe(1);
  });

  it('tells of the one that lost the default, too', async () => {
    const first = await configs.create({});
    const second = await configs.create({});
    await configs.send('POST', `/${second.id}/set-default`);
    expect((await revisionsOf(first.id)).items[0]).toMatchObject({
      action: 'update',
      changes: [{ field: 'is_default', before: true, after: false }],
    });
  });

  it('rolls a configuration back with its key, and leaves alone whom it serves', async () => {
    const { id } = await configs.create({ name: 'old', api_key: KEY, base_url: 'https://a.example.org/v1' });
    await configs.send('PUT', `/${id}`, { name: 'new', api_key: OTHER_KEY, base_url: 'https://b.example.org/v1' });
    await configs.send('POST', `/${id}/toggle-status`);
    const { items } = await revisionsOf(id);
    const first = items.at(-1)?.id ?? '';
    const { status, body } = await rollBack(id, first);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ name: 'old', base_url: 'https://a.example.org/v1', api_key_masked: 'sk-…6789', is_active: false },
    });
    const [latest] = (await revisionsOf(id)).items;
    expect(latest?.action).toBe('roll_back');
    expect(fieldsOf(latest?.changes)).toEqual(['name', 'base_url', 'api_key']);
    // Rolling back is a change like any other, so that it can be rolled back itself.
    await rollBack(id, items[0]?.id ?? '');
    expect(await configs.get(id)).toMatchObject({ name: 'new', api_key_masked: 'sk-…3210' });
  });

  it('rolls nothing back that was changed meanwhile, is not there, or whose name is taken', async () => {
    const { id, updated_at } = await configs.create({ name: 'first name' });
    await configs.send('PUT', `/${id}`, { name: 'second name' });
    const first = (await revisionsOf(id)).items.at(-1)?.id ?? '';
    expect((await rollBack(id, first, { 'if-match': updated_at })).status).toBe(409);
    const elsewhere = await configs.create({ name: 'FIRST name' });
    expect((await rollBack(id, first)).status).toBe(409);
    const foreign = await rollBack(elsewhere.id, first);
    expect([foreign.status, (foreign.body as unknown as ProblemDto).code]).toEqual([
      404,
      'llm-config/revision-not-found',
    ]);
    expect((await configs.get(id)).name).toBe('second name');
  });

  it('brings a deleted configuration back as it was, but never as the default', async () => {
    const spare = await configs.create({ name: 'spare' });
    const made = await configs.create({ name: 'gone', api_key: KEY, is_default: true, fallback_ids: [spare.id] });
    await configs.send('DELETE', `/${made.id}?force=true`);
    expect((await configs.send('GET', `/${made.id}`)).status).toBe(404);
    const { body } = await configs.send<DeletedLlmConfigListDto>('GET', '/deleted');
    expect(body.items).toMatchObject([{ id: made.id, name: 'gone', provider: 'openai', deleted_by: ADMIN.email }]);
    const days =
      (Date.parse(body.items[0]?.restorable_until ?? '') - Date.parse(body.items[0]?.deleted_at ?? '')) / 864e5;
    expect(days).toBe(30);
    const restored = await configs.send('POST', `/${made.id}/restore`);
    expect(restored.status).toBe(200);
    expect(restored.body).toMatchObject({ ...unchanging(made), is_default: false });
    expect((await configs.send<DeletedLlmConfigListDto>('GET', '/deleted')).body.total).toBe(0);
    expect((await revisionsOf(made.id)).items.map(({ action }) => action)).toEqual(['restore', 'delete', 'create']);
    expect(configs.answers.join()).not.toMatch(/canary/);
  });

  it('restores nothing that is there, unknown, or whose name is taken meanwhile', async () => {
    const made = await configs.create({ name: 'twice' });
    expect((await configs.send('POST', `/${made.id}/restore`)).status).toBe(404);
    await configs.send('DELETE', `/${made.id}?force=true`);
    await configs.create({ name: 'Twice' });
    expect((await configs.send('POST', `/${made.id}/restore`)).status).toBe(409);
    expect((await configs.send('POST', '/00000000-0000-4000-8000-000000000000/restore')).status).toBe(404);
  });

  it('begins with the state it finds where there was none', async () => {
    const { id } = await configs.create({ name: 'older', description: 'before' });
    await app.query('delete from llm_config_revisions');
    await configs.send('PUT', `/${id}`, { description: 'after' });
    const { items } = await revisionsOf(id);
    expect(items.map(({ number, action }) => [number, action])).toEqual([
      [2, 'update'],
      [1, 'create'],
    ]);
    await rollBack(id, items[1]?.id ?? '');
    expect((await configs.get(id)).description).toBe('before');
  });

  it('forgets deleted configurations with their keys when they can no longer be restored', async () => {
    const { id } = await configs.create({ api_key: KEY });
    await configs.send('DELETE', `/${id}?force=true`);
    await app.query(`update llm_config_revisions set at = at - interval '31 days'`);
    expect((await configs.send('POST', `/${id}/restore`)).status).toBe(404);
    expect((await configs.send<DeletedLlmConfigListDto>('GET', '/deleted')).body.items).toEqual([]);
  });
});

function fieldsOf(changes: readonly FieldChangeDto[] = []): string[] {
  return changes.map(({ field }) => field);
}

/** What a restored configuration must have again; its time of change is another. */
function unchanging({ updated_at: _, is_default: __, ...others }: LlmConfigDto): Partial<LlmConfigDto> {
  return others;
}
