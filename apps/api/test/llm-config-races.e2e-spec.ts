import type { LlmConfigDto } from '@opsagent/contracts';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

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
