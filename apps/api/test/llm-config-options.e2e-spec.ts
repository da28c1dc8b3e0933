import type { LlmConfigDto, LlmConfigImpactDto, ProblemDto } from '@opsagent/contracts';
import { LlmConfigClient } from './support/llm-config-client.js';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('the chain of fallbacks of a configuration', () => {
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeAll(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
  });

  afterAll(() => app.close());

  const refusalOf = async (method: string, path: string, values: unknown): Promise<string> => {
    const { status, body } = await configs.send<ProblemDto>(method, path, values);
    expect(status).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toEqual(['fallback_ids']);
    return body.errors?.[0]?.message ?? '';
  };

  it('names existing others of the same kind only', async () => {
    const [main, spare] = [await configs.create({}), await configs.create({})];
    const embedding = await configs.create({ is_embedding: true });
    const path = `/${main.id}`;
    expect(await refusalOf('PUT', path, { fallback_ids: [main.id] })).toMatch(/itself/);
    expect(await refusalOf('PUT', path, { fallback_ids: [UNKNOWN] })).toMatch(/no model configuration/);
    expect(await refusalOf('PUT', path, { fallback_ids: [embedding.id] })).toMatch(/other kind/);
    expect(await refusalOf('POST', '', { ...values('new'), fallback_ids: [embedding.id] })).toMatch(/other kind/);
    expect((await configs.send('PUT', path, { fallback_ids: [spare.id.toUpperCase()] })).status).toBe(200);
  });

  it('keeps its members from being deleted unasked, and loses them when that is forced', async () => {
    const spare = await configs.create({});
    const main = await configs.create({ name: 'in front', fallback_ids: [spare.id] });
    const refused = await configs.send<ProblemDto>('DELETE', `/${spare.id}`);
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('1 fallback chain ("in front")');
    expect((await configs.send('DELETE', `/${spare.id}?force=true`)).status).toBe(204);
    // A chain that still named it would be refused now.
    expect((await configs.send('PUT', `/${main.id}`, { description: 'changed' })).status).toBe(200);
  });
});

describe('the details of configurations', () => {
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeEach(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
  });

  afterEach(() => app.close());

  const listed = async (query: string): Promise<LlmConfigDto[]> =>
    (await configs.send<LlmConfigDto[]>('GET', `?sort=name&${query}`)).body;

  it('come on request only, in a list and for one', async () => {
    const spare = await configs.create({ name: 'b' });
    const { id } = await configs.create({ name: 'a', tags: ['prod', '华东'], fallback_ids: [spare.id] });
    expect((await listed('')).every((config) => !('details' in config))).toBe(true);
    const [first, second] = await listed('include=details');
    expect(first?.details).toEqual({
      tags: ['prod', '华东'],
      fallback_ids: [spare.id],
      access: { scope: 'all', roles: [], user_ids: [] },
      access_emails: [],
      key_changed_at: expect.any(String) as string,
      key_readable: true,
      last_test: null,
      activity: null,
      used_by: [],
      updated_by_name: ADMIN.email,
    });
    expect(second?.details?.used_by).toEqual([{ kind: 'fallback chains', count: 1, examples: ['a'] }]);
    expect((await configs.send('GET', `/${id}?include=details`)).body.details).toEqual(first?.details);
  });

  it('are filtered by tag, whole and exact', async () => {
    await configs.create({ name: 'a', tags: ['prod', 'east'] });
    await configs.create({ name: 'b', tags: ['production'] });
    expect((await listed('tag=prod')).map(({ name }) => name)).toEqual(['a']);
    expect(await listed('tag=pro')).toEqual([]);
    const { headers } = await configs.send('GET', '?tag=production&limit=1');
    expect(headers.get('x-total-count')).toBe('1');
  });

  it('follow the key: when it was changed, and that there is none', async () => {
    const { id } = await configs.create({ name: 'local', provider: 'ollama', api_key: null });
    const keyOf = async (): Promise<string | null | undefined> =>
      (await configs.send('GET', `/${id}?include=details`)).body.details?.key_changed_at;
    expect(await keyOf()).toBeNull();
    await configs.send('PUT', `/${id}`, { api_key: 'a-key-for-the-proxy' });
    const first = await keyOf();
    expect(Date.parse(first ?? '')).toBeGreaterThan(Date.now() - 60_000);
    await configs.send('PUT', `/${id}`, { description: 'the key stays' });
    expect(await keyOf()).toBe(first);
    await configs.send('PUT', `/${id}`, { clear_api_key: true });
    expect(await keyOf()).toBeNull();
  });

  it('count what was answered and what failed in the last 24 hours, by the hour', async () => {
    const { id } = await configs.create({});
    await app.query(
      `with s as (insert into user_sessions (id, channel) values (gen_random_uuid(), 'api') returning id)
       insert into messages (id, session_id, run_id, query, status, llm_config_id, model_name, created_at)
       select gen_random_uuid(), s.id, gen_random_uuid(), 'q', t.status, $1, 'm', now() - t.age::interval
         from s, (values ('failed', '30 minutes'), ('finished', '30 minutes'), ('failed', '23 hours 30 minutes'),
                         ('failed', '25 hours')) as t (status, age)`,
      [id],
    );
    const { details } = (await configs.send('GET', `/${id}?include=details`)).body;
    expect(details?.activity).toMatchObject({ requests: 3, errors: 2 });
    expect(details?.activity?.errors_by_hour).toEqual([1, ...Array<number>(22).fill(0), 1]);
    const impact = (await configs.send<LlmConfigImpactDto>('GET', `/${id}/impact`)).body;
    expect(impact).toEqual({
      used_by: [],
      ...{ requests_24h: 3, is_default: true },
    });
  });

  it('say what a change would touch', async () => {
    const { id } = await configs.create({ name: 'used' });
    await configs.create({ name: 'chain', fallback_ids: [id] });
    for (let count = 0; count < 2; count++)
      await app.query(`insert into user_sessions (id, channel, llm_config_id) values (gen_random_uuid(), 'api', $1)`, [
        id,
      ]);
    const { used_by } = (await configs.send<LlmConfigImpactDto>('GET', `/${id}/impact`)).body;
    expect(used_by).toEqual(
      expect.arrayContaining([
        { kind: 'fallback chains', count: 1, examples: ['chain'] },
        { kind: 'sessions', count: 2, examples: [] },
      ]),
    );
    expect((await configs.send('GET', '/00000000-0000-4000-8000-000000000000/impact')).status).toBe(404);
  });
});

describe('a copy of a configuration', () => {
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeAll(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
  });

  afterAll(() => app.close());

  it('has its values and its key, a name of its own, and is not the default', async () => {
    const original = await configs.create({
      ...{ name: 'main', api_key: 'sk-copied-key-4711', temperature: 0.3, tags: ['prod'], is_default: true },
    });
    const names: string[] = [];
    for (const body of [{}, {}, { name: 'chosen' }]) {
      const copy = await configs.send('POST', `/${original.id}/duplicate`, body);
      expect(copy.status).toBe(201);
      expect(copy.body).toMatchObject({ temperature: 0.3, api_key_masked: 'sk-…4711', is_default: false });
      names.push(copy.body.name);
    }
    expect(names).toEqual(['main 2', 'main 3', 'chosen']);
    expect((await configs.send('POST', `/${original.id}/duplicate`, { name: 'Chosen' })).status).toBe(409);
    expect((await configs.get(original.id)).is_default).toBe(true);
    expect(configs.answers.join()).not.toContain('sk-copied-key-4711');
  });

  it('has a name that fits, whatever the original is called', async () => {
    const original = await configs.create({ name: `100% _${'长'.repeat(94)}` });
    const copy = await configs.send('POST', `/${original.id}/duplicate`, {});
    expect(copy.body.name).toBe(`100% _${'长'.repeat(92)} 2`);
    const next = await configs.send('POST', `/${copy.body.id}/duplicate`, {});
    expect(next.body.name).toBe(`100% _${'长'.repeat(92)} 3`);
  });
});

function values(name: string): Record<string, unknown> {
  return { name, provider: 'openai', model_name: 'sim-text', api_key: 'sk-test-key-0001' };
}
