import type { LlmConfigDto, LlmConfigRevisionListDto } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';

const RACERS = 200;

describe('the default among racing requests', () => {
  let app: TestApp;
  let configs: LlmConfigClient;
  let ids: string[];

  beforeAll(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
    const created = await Promise.all(Array.from({ length: 8 }, (_, n) => configs.create({ name: `config ${n}` })));
    ids = created.map(({ id }) => id);
  });

  afterAll(() => app.close());

  const defaults = async (): Promise<string[]> => {
    const { body } = await configs.send<LlmConfigDto[]>('GET', '?is_embedding=false');
    return body.filter(({ is_default }) => is_default).map(({ id }) => id);
  };

  /** Sends requests all at once and looks again and again, until the last is answered, how many defaults there are. */
  const race = async (paths: string[]): Promise<{ statuses: number[]; most: number; fewest: number }> => {
    const counts: number[] = [];
    let isOver = false;
    const watch = (async () => {
      while (!isOver) counts.push((await defaults()).length);
    })();
    const replies = await Promise.all(paths.map((path) => configs.send('POST', path)));
    isOver = true;
    await watch;
    return {
      statuses: [...new Set(replies.map(({ status }) => status))].sort(),
      most: Math.max(...counts),
      fewest: Math.min(...counts),
    };
  };

  const pick = (n: number): string => ids[n % ids.length] ?? '';

  it('is one from the first creations on, though they raced', async () => {
    expect(await defaults()).toHaveLength(1);
  });

  it('is exactly one at every moment while many want to be it', async () => {
    const { statuses, most, fewest } = await race(
      Array.from({ length: RACERS }, (_, n) => `/${pick(n * 5 + 3)}/set-default`),
    );
    expect({ statuses, most, fewest }).toEqual({ statuses: [200], most: 1, fewest: 1 });
    expect(await defaults()).toHaveLength(1);
  });

  it('is never two while configurations are also switched on and off, and the last word counts', async () => {
    const paths = Array.from({ length: RACERS }, (_, n) =>
      n % 2 === 0 ? `/${pick(n * 3)}/set-default` : `/${pick(n * 7)}/toggle-status`,
    );
    const { statuses, most } = await race(paths);
    expect(statuses.filter((status) => ![200, 400].includes(status))).toEqual([]);
    expect(most).toBeLessThanOrEqual(1);
    const { body } = await configs.send<LlmConfigDto[]>('GET', '/active');
    const last = body[0]?.id ?? ids[0];
    if (body.length === 0) await configs.send('POST', `/${last}/toggle-status`);
    await configs.send('POST', `/${last}/set-default`);
    expect(await defaults()).toEqual([last]);
  });

  it('stays one while counters are written down beside the changes', async () => {
    await app.query('update llm_configs set is_active = true');
    const uses = Array.from({ length: 20 }, () =>
      app.query('update llm_configs set usage_count = usage_count + 1 where id = $1', [ids[0]]),
    );
    const { statuses } = await race(Array.from({ length: 40 }, (_, n) => `/${pick(n)}/set-default`));
    await Promise.all(uses);
    expect(statuses).toEqual([200]);
    expect(await defaults()).toHaveLength(1);
  });
});

describe('the default among ten thousand requests to two processes', () => {
  const REQUESTS = 10_000;
  const AT_ONCE = 64;
  /** The others come with a state that was seen long ago, and are refused as soon as there is another. */
  const BLIND_EVERY = 20;
  let database: TestDatabase;
  let servers: TestApp[];

  beforeAll(async () => {
    database = await createTestDatabase();
    const first = await startTestApp({}, database);
    servers = [first, await startTestApp({}, database)];
  });

  afterAll(async () => {
    for (const server of servers) await server.close();
    await database.drop();
  });

  it('is exactly one at every moment, and every switch is told of once', async () => {
    const clients = servers.map((server) => new LlmConfigClient(server));
    const [[first, second], [owner]] = [clients, servers];
    if (!first || !second || !owner) throw new Error('There are not two servers.');
    const seen: LlmConfigDto[] = [];
    for (let n = 0; n < 8; n += 1) seen.push(await first.create({ name: `config ${n}` }));
    const statuses = new Map<number, number>();
    const counts = new Set<number>();
    let sent = 0;
    const work = async (): Promise<void> => {
      for (let n = (sent += 1); n <= REQUESTS; n = sent += 1) {
        const { id = '', updated_at = '' } = seen[(n * 5 + 3) % seen.length] ?? {};
        const headers: Record<string, string> = n % BLIND_EVERY === 0 ? {} : { 'if-match': `"${updated_at}"` };
        const { status } = await (n % 2 ? first : second).send('POST', `/${id}/set-default`, undefined, headers);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const watch = async (): Promise<void> => {
      while (sent <= REQUESTS) {
        const rows = await owner.query('select from llm_configs where is_default and not is_embedding');
        counts.add(rows.length);
      }
    };
    await Promise.all([watch(), ...Array.from({ length: AT_ONCE }, work)]);

    expect([...counts]).toEqual([1]);
    expect([...statuses.keys()].sort()).toEqual([200, 409]);
    expect(statuses.get(200)).toBeGreaterThanOrEqual(REQUESTS / BLIND_EVERY);
    const [told] = await owner.query<{ entries: number; revisions: number }>(
      `select (select count(*)::int from audit_log where action = 'llm_config.set_default') entries,
              (select count(*)::int from llm_config_revisions where action = 'set_default') revisions`,
    );
    expect(told?.entries).toBe(told?.revisions);
    expect(told?.entries).toBeGreaterThan(seen.length);
    const answer = await fetch(`${owner.url}/api/audit/verify`, { ...owner.admin, method: 'POST' });
    expect(await answer.json()).toMatchObject({ is_intact: true, flaw: null });
  }, 120_000);
});

describe('one configuration among racing changes', () => {
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

  const create = (name: string): Promise<LlmConfigDto> =>
    configs.create({ name, api_key: 'sim-key', base_url: `${simulator.url}/openai/v1`, is_default: false });

  const revisionsOf = async (id: string): Promise<LlmConfigRevisionListDto['items']> => {
    const { body } = await configs.send<LlmConfigRevisionListDto>('GET', `/${id}/revisions?limit=100`);
    const pages = Math.ceil(body.total / 100);
    const more = await Promise.all(
      Array.from({ length: pages - 1 }, (_, page) =>
        configs.send<LlmConfigRevisionListDto>('GET', `/${id}/revisions?limit=100&skip=${(page + 1) * 100}`),
      ),
    );
    return [body, ...more.map((reply) => reply.body)].flatMap(({ items }) => items);
  };

  /** What it is now must be what its last revision says it became. */
  const requireOneStory = async (id: string): Promise<void> => {
    const numbers = (await revisionsOf(id)).map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => numbers.length - index));
    const [last] = await app.query<{ state: Record<string, unknown>; api_key: string | null }>(
      'select state, api_key from llm_config_revisions where llm_config_id = $1 order by number desc limit 1',
      [id],
    );
    const [row] = await app.query<Record<string, unknown>>('select * from llm_configs where id = $1', [id]);
    const fields = ['name', 'temperature', 'description', 'is_active', 'is_default', 'extra_config', 'model_name'];
    const now = Object.fromEntries(fields.map((field) => [field, row?.[field]]));
    expect(now).toEqual(Object.fromEntries(fields.map((field) => [field, last?.state[field]])));
    expect(row?.['api_key']).toBe(last?.api_key);
    const [{ count = 0 } = {}] = await app.query<{ count: number }>(
      'select count(*)::int from llm_configs where is_default and not is_embedding',
    );
    expect(count).toBeLessThanOrEqual(1);
  };

  it('lets one of many edits of the same state through', async () => {
    const { id, updated_at } = await create('edited');
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        configs.send('PUT', `/${id}`, { description: `edit ${n}` }, { 'if-match': `"${updated_at}"` }),
      ),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
    expect((await revisionsOf(id)).length).toBe(2);
    await requireOneStory(id);
  });

  it('tells one story after two hundred changes, roll-backs, tests and copies at once', async () => {
    const { id } = await create('changed');
    await configs.send('PUT', `/${id}`, { temperature: 0.1, api_key: 'sim-key' });
    const first = (await revisionsOf(id)).at(-1)?.id ?? '';
    const ways = [
      (n: number) => configs.send('PUT', `/${id}`, { temperature: n / 1000, description: `change ${n}` }),
      (n: number) => configs.send('PUT', `/${id}`, { extra_config: { seed: n, headers: { 'X-Api-Key': `k${n}` } } }),
      () => configs.send('POST', `/${id}/toggle-status`),
      () => configs.send('POST', `/${id}/set-default`),
      () => configs.send('POST', `/${id}/revisions/${first}/restore`),
      (n: number) => (n % 4 === 0 ? configs.send('POST', `/${id}/test`, {}) : configs.send('GET', `/${id}`)),
      (n: number) => configs.send('POST', `/${id}/duplicate`, { name: `copy ${n}` }),
      (n: number) => configs.send('PUT', `/${id}`, { tags: [`tag ${n}`] }),
    ];
    const replies = await Promise.all(Array.from({ length: RACERS }, (_, n) => ways[n % ways.length]?.(n)));
    expect(replies.filter((reply) => (reply?.status ?? 500) >= 500)).toEqual([]);
    await requireOneStory(id);
  });

  it('is there or not, but nothing between, while it is deleted, restored, tested and changed', async () => {
    const { id } = await create('deleted');
    const ways = [
      () => configs.send('DELETE', `/${id}?force=true`),
      () => configs.send('POST', `/${id}/restore`),
      (n: number) => configs.send('PUT', `/${id}`, { description: `change ${n}` }),
      (n: number) => (n % 3 === 0 ? configs.send('POST', `/${id}/test`, {}) : configs.send('GET', `/${id}/tests`)),
    ];
    const replies = await Promise.all(Array.from({ length: RACERS }, (_, n) => ways[n % ways.length]?.(n)));
    const statuses = new Set(replies.map((reply) => reply?.status));
    expect([...statuses].filter((status) => ![200, 204, 404, 409].includes(status ?? 0))).toEqual([]);
    const { status } = await configs.send('GET', `/${id}`);
    if (status === 404) await configs.send('POST', `/${id}/restore`);
    await requireOneStory(id);
  });
});
