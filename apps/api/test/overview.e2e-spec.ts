import type { AppListDto, LlmConfigDto, OverviewDto, Role, SessionDto } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { ConsoleServer, eventsIn } from './support/console.js';
import { eventually } from './support/eventually.js';

describe('the overview', () => {
  let server: ConsoleServer;

  beforeAll(async () => {
    server = await ConsoleServer.start();
  });

  afterAll(() => server.close());

  const overview = async (headers: Record<string, string> = {}): Promise<OverviewDto> => {
    const response = await server.fetch('GET', '/api/overview', undefined, { headers });
    expect(response.status).toBe(200);
    return (await response.json()) as OverviewDto;
  };

  const as = async (role: Role): Promise<OverviewDto> => overview((await aUser(server.app, role)).headers);

  const kinds = async (): Promise<string[]> => (await overview()).attention.map(({ kind }) => kind);

  it('says on an empty installation what is missing', async () => {
    const empty = await overview();
    expect(empty).toMatchObject({ health: [], sessions: [], has_answers: false });
    expect(empty.attention.map(({ kind }) => kind)).toEqual(['no_llm_config']);
    expect(empty.figures).toMatchObject({
      requests: { now: 0, before: 0 },
      error_rate: { now: null, before: null },
      first_token_p95_ms: { now: null, before: null },
    });
    expect(empty.figures.requests_by_hour).toEqual(new Array(24).fill(0));
  });

  it('counts the answers of everybody', async () => {
    const session = await server.session('sim-text');
    for (let at = 0; at < 3; at++) await server.ask(session.session_id, 'hello');
    const { figures, health, has_answers } = await overview((await aUser(server.app, 'viewer')).headers);
    expect(has_answers).toBe(true);
    expect(figures.requests.now).toBe(3);
    expect(figures.error_rate).toEqual({ now: 0, before: null });
    expect(figures.first_token_p95_ms.now).toBeGreaterThan(0);
    expect(figures.requests_by_hour.at(-1)).toBe(3);
    expect(health).toHaveLength(1);
    expect(health[0]?.requests).toHaveLength(96);
    expect(health[0]?.requests.reduce((sum, requests) => sum + requests, 0)).toBe(3);
  });

  it('compares with the same hours of last week', async () => {
    await server.app.query(`update messages set created_at = created_at - interval '7 days'`);
    const { figures } = await overview();
    expect(figures.requests).toEqual({ now: 0, before: 3 });
    expect(figures.error_rate).toEqual({ now: null, before: 0 });
  });

  it('shows a configuration that fails, before those that do not', async () => {
    const good = await server.session('sim-text');
    const bad = await server.session('sim-401');
    await server.ask(good.session_id, 'hello');
    for (let at = 0; at < 3; at++) await server.ask(bad.session_id, 'hello');
    const { attention, health, figures } = await overview();
    expect(attention).toEqual([
      expect.objectContaining({ kind: 'llm_config_failing', target_id: bad.llm_config_id, count: 3 }),
    ]);
    expect(health[0]).toMatchObject({ llm_config_id: bad.llm_config_id });
    expect(health[0]?.errors.reduce((sum, errors) => sum + errors, 0)).toBe(3);
    expect(figures.errors_by_hour.at(-1)).toBe(3);
    await server.call('POST', `/api/llm-configs/${bad.llm_config_id}/toggle-status`, {}, 200);
    expect(await kinds()).toEqual([]);
  });

  it('shows a key that cannot be read, and that there is no default', async () => {
    const [first] = await server.call<LlmConfigDto[]>('GET', '/api/llm-configs/active');
    await server.app.query(`update llm_configs set api_key = 'v1:damaged', is_default = false where id = $1`, [
      first?.id,
    ]);
    const { attention } = await overview();
    expect(attention.map(({ kind }) => kind)).toEqual(['no_default', 'llm_config_key_unreadable']);
    expect(attention[1]).toMatchObject({ target_id: first?.id, target_name: first?.name });
    await server.app.query(`update llm_configs set api_key = null, is_default = true where id = $1`, [first?.id]);
  });

  it('shows keys of apps that end within 14 days, to who may see the apps', async () => {
    const { items } = await server.call<AppListDto>('GET', '/api/apps');
    const app = items[0];
    const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
    for (const days of [13, 3, 15]) {
      await server.call('POST', `/api/apps/${app?.id}/keys`, { name: `in ${days} days`, expires_at: inDays(days) });
    }
    const { attention } = await overview();
    expect(attention).toEqual([
      expect.objectContaining({ kind: 'app_key_expiring', target_id: app?.id, target_name: app?.name }),
    ]);
    expect(Date.parse(attention[0]?.at ?? '')).toBeLessThan(Date.parse(inDays(3)));
    expect((await as('operator')).attention).toHaveLength(1);
    expect((await as('viewer')).attention).toEqual([]);
  });

  it('shows the asker’s own newest sessions, first those that answer now', async () => {
    const sessions: SessionDto[] = [];
    for (let at = 0; at < 6; at++) sessions.push(await server.session(at === 0 ? 'sim-stall-5' : 'sim-text'));
    const response = await server.open(sessions[0]?.session_id ?? '', 'speak');
    const events = eventsIn(response);
    await events.next();
    for (const session of sessions.slice(1)) await server.ask(session.session_id, 'hello');
    const shown = (await overview()).sessions;
    expect(shown.map(({ session_id }) => session_id)).toEqual([0, 5, 4, 3, 2].map((at) => sessions[at]?.session_id));
    expect(shown[0]?.active_run_id).not.toBeNull();
    expect((await as('admin')).sessions).toEqual([]);
    await server.call('POST', `/api/runs/${shown[0]?.active_run_id}/stop`, {}, 200);
    await eventually(async () => (await overview()).sessions.every((session) => session.active_run_id === null));
  });

  it('shows the last changes to administrators and auditors, and to nobody else', async () => {
    const { id } = await server.call<LlmConfigDto>('POST', '/api/llm-configs', {
      ...{ name: 'changed', provider: 'ollama', model_name: 'm' },
    });
    await server.call('POST', `/api/llm-configs/${id}/test`, {}, 200);
    await server.session('sim-text');
    const { changes } = await overview();
    expect(changes).toHaveLength(5);
    expect(changes?.[1]).toMatchObject({
      ...{
        action: 'llm_config.create',
        target_name: 'changed',
        actor_name: expect.stringContaining('admin') as string,
      },
    });
    expect(changes?.map(({ action }) => action)).not.toContain('llm_config.test');
    expect(changes?.map(({ action }) => action)).not.toContain('session.create');
    expect((await as('auditor')).changes).toHaveLength(5);
    for (const role of ['viewer', 'operator', 'approver'] as const) expect((await as(role)).changes).toBeNull();
  });

  it('is for who is signed in', async () => {
    expect((await fetch(`${server.app.url}/api/overview`)).status).toBe(401);
  });
});
