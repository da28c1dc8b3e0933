import type { LlmConfigDto, LlmConfigRevisionListDto, MasterKeyDto, ProblemDto } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { eventually } from './support/eventually.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const HIDDEN = '••••';
const SECRET = 'canary-header-value-1';
const OTHER = 'canary-header-value-2';

describe('headers that carry credentials', () => {
  let simulator: Simulator;
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeAll(async () => {
    simulator = await startSimulator();
    app = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}` });
    configs = new LlmConfigClient(app);
  });

  afterAll(async () => {
    await app.close();
    await simulator.close();
  });

  const create = (model_name: string, headers: Record<string, string>): Promise<LlmConfigDto> =>
    configs.create({
      ...{ model_name, api_key: 'sim-key', base_url: `${simulator.url}/openai/v1` },
      extra_config: { headers },
    });
  const change = (id: string, body: object, headers = {}) => configs.send('PUT', `/${id}`, body, headers);
  /** What the provider heard in the last test of that model. */
  const heard = (model: string): Record<string, unknown> => simulator.requests.ofModel(model).at(-1)?.headers ?? {};
  const test = async (id: string): Promise<void> => {
    const { body } = await configs.send<{ success: boolean }>('POST', `/${id}/test`, {});
    expect(body.success).toBe(true);
  };

  it('are sent, and shown to nobody', async () => {
    const { id, extra_config } = await create('sim-text-301', { 'X-Api-Key': SECRET, 'X-Team': 'ops' });
    expect(extra_config).toEqual({ headers: { 'X-Api-Key': HIDDEN, 'X-Team': 'ops' } });
    await test(id);
    expect(heard('sim-text-301')).toMatchObject({ 'x-api-key': SECRET, 'x-team': 'ops' });
    const rows = await app.query(
      'select c::text, o::text from llm_configs c join llm_config_options o on o.llm_config_id = c.id',
    );
    expect(JSON.stringify(rows)).not.toContain(SECRET);
  });

  it('stay when what was shown comes back, and change with the rest of the settings', async () => {
    const { id } = await create('sim-text-302', { 'X-Api-Key': SECRET });
    const hidden = { headers: { 'x-api-key': HIDDEN, 'X-Token': OTHER }, seed: 1 };
    expect((await change(id, { extra_config: hidden })).body.extra_config).toEqual({
      headers: { 'x-api-key': HIDDEN, 'X-Token': HIDDEN },
      seed: 1,
    });
    await test(id);
    expect(heard('sim-text-302')).toMatchObject({ 'x-api-key': SECRET, 'x-token': OTHER });
    await change(id, { extra_config: { headers: { 'X-Token': HIDDEN } } });
    await test(id);
    expect(heard('sim-text-302')).not.toHaveProperty('x-api-key');
    expect(heard('sim-text-302')).toMatchObject({ 'x-token': OTHER });
  });

  it('are told of in revisions and the audit log as changed, and stale edits of them are noticed', async () => {
    const { id, updated_at } = await create('sim-text', { 'X-Api-Key': SECRET });
    const changed = await change(id, { extra_config: { headers: { 'X-Api-Key': OTHER } } });
    expect(changed.body.updated_at).not.toBe(updated_at);
    expect((await change(id, { description: 'stale' }, { 'if-match': `"${updated_at}"` })).status).toBe(409);
    const { body } = await configs.send<LlmConfigRevisionListDto>('GET', `/${id}/revisions`);
    expect(body.items[0]?.changes).toEqual([{ field: 'secret_headers', before: 'stored', after: 'changed' }]);
    const [entry] = await app.query<{ after: object }>(
      `select after from audit_log where target_id = $1 and action = 'llm_config.update' order by at desc limit 1`,
      [id],
    );
    expect(entry?.after).toEqual({ secret_headers: 'changed' });
  });

  it('come back with a roll-back and a restored configuration, and go along with a copy', async () => {
    const { id } = await create('sim-text-303', { 'X-Api-Key': SECRET });
    await change(id, { extra_config: null });
    const { body } = await configs.send<LlmConfigRevisionListDto>('GET', `/${id}/revisions`);
    await configs.send('POST', `/${id}/revisions/${body.items[1]?.id}/restore`);
    await test(id);
    expect(heard('sim-text-303')).toMatchObject({ 'x-api-key': SECRET });
    const { body: copy } = await configs.send('POST', `/${id}/duplicate`, {});
    await configs.send('DELETE', `/${id}?force=true`);
    await test(copy.id);
    expect(heard('sim-text-303')).toMatchObject({ 'x-api-key': SECRET });
    expect((await configs.send('POST', `/${id}/restore`)).status).toBe(200);
    await test(id);
    expect(heard('sim-text-303')).toMatchObject({ 'x-api-key': SECRET });
  });

  it('are asked for again at another server, also by a test of unsaved values', async () => {
    const { id } = await create('sim-text', { 'X-Api-Key': SECRET });
    const elsewhere = { api_key: 'sim-key', base_url: 'https://models.example.org/v1' };
    const refused = await configs.send<ProblemDto>('PUT', `/${id}`, elsewhere);
    expect(refused.status).toBe(400);
    expect(refused.body.errors?.map(({ field }) => field)).toEqual(['extra_config.headers']);
    const unsaved = { name: 'x', provider: 'openai', model_name: 'sim-text', llm_config_id: id, ...elsewhere };
    const hidden = { extra_config: { headers: { 'X-Api-Key': HIDDEN } } };
    const tried = await configs.send<ProblemDto>('POST', '/test', { ...unsaved, ...hidden });
    expect(tried.body.errors?.map(({ field }) => field)).toEqual(['extra_config.headers']);
    const here = { ...unsaved, ...hidden, base_url: `${simulator.url}/openai/v1`, model_name: 'sim-text-304' };
    await configs.send('POST', '/test', here);
    expect(heard('sim-text-304')).toMatchObject({ 'x-api-key': SECRET });
    expect((await change(id, { ...elsewhere, extra_config: { headers: { 'X-Api-Key': OTHER } } })).status).toBe(200);
  });

  it('are refused hidden where none are stored', async () => {
    const extra_config = { headers: { 'X-Api-Key': HIDDEN } };
    const body = { name: 'hidden', provider: 'openai', model_name: 'm', api_key: 'sk-test-key-0001', extra_config };
    expect((await configs.send<ProblemDto>('POST', '', body)).body.errors?.[0]?.field).toBe('extra_config.headers');
  });

  it('are sealed anew with a new master key, those of revisions too', async () => {
    const { id } = await create('sim-text-305', { 'X-Api-Key': SECRET });
    const masterKey = async (method: string, path = ''): Promise<MasterKeyDto> => {
      const response = await fetch(`${app.url}/api/master-key${path}`, { method, headers: app.admin.headers });
      return (await response.json()) as MasterKeyDto;
    };
    await masterKey('POST', '/rotation');
    await eventually(async () => {
      const { remaining, is_rotating } = await masterKey('GET');
      return remaining === 0 && !is_rotating;
    });
    const { key_id, unreadable } = await masterKey('GET');
    expect(unreadable).toBe(0);
    const keys = await app.query<{ id: string }>(
      `select distinct split_part(secret_headers, ':', 2) as id from (
         select secret_headers from llm_config_options union all select secret_headers from llm_config_revisions
       ) sealed where secret_headers is not null`,
    );
    expect(keys).toEqual([{ id: key_id }]);
    await test(id);
    expect(heard('sim-text-305')).toMatchObject({ 'x-api-key': SECRET });
  });

  it('are in no answer of all these', () => {
    expect(configs.answers.join()).not.toMatch(/canary/);
    expect(app.log.join()).not.toMatch(/canary/);
  });
});
