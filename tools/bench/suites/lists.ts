import pg from 'pg';
import type { Bench } from '../bench.ts';
import { databaseIn } from '../processes/database.ts';
import type { OpsAgent } from '../processes/opsagent.ts';
import { percentile } from '../statistics.ts';

const CONFIGURATIONS = 10_000;
const PAGE = 1_000;
const MESSAGES = 20_000;

/** How long the list of very many configurations takes, page by page as the console asks for it. */
export async function measureLists(bench: Bench, rounds: number): Promise<void> {
  const server = await bench.startOpsAgent([]);
  try {
    await seed(server.dataFolder);
    await readAll(server, '');
    for (let round = 0; round < rounds; round += 1) {
      bench.figures.add('list-page', server.name, await slowest(bench, () => readAll(server, '')));
      bench.figures.add('list-details', server.name, await slowest(bench, () => readAll(server, '&include=details')));
      const search = (): Promise<number[]> => read(server, '/api/llm-configs?limit=100&search=config%2099', 100);
      bench.figures.add('list-search', server.name, await slowest(bench, search));
    }
  } finally {
    await server.stop();
  }
}

/** Reads again and again for as long as a load lasts. @returns the 95th percentile of all reads */
async function slowest(bench: Bench, readOnce: () => Promise<number[]>): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + bench.milliseconds;
  while (times.length === 0 || performance.now() < end) times.push(...(await readOnce()));
  return percentile(times, 0.95);
}

async function readAll(server: OpsAgent, query: string): Promise<number[]> {
  const times: number[] = [];
  for (let skip = 0; skip < CONFIGURATIONS; skip += PAGE)
    times.push(...(await read(server, `/api/llm-configs?limit=${PAGE}&skip=${skip}&sort=name${query}`, PAGE)));
  return times;
}

async function read(server: OpsAgent, path: string, expected: number): Promise<number[]> {
  const from = performance.now();
  const count = await server.readList(path);
  const elapsed = performance.now() - from;
  if (count !== expected) throw new Error(`${path} listed ${count} configurations instead of ${expected}`);
  return [elapsed];
}

/** Configurations with everything the list tells of them: tags, a last test, who uses them, what they answered today. */
async function seed(dataFolder: string): Promise<void> {
  const client = new pg.Client(databaseIn(dataFolder));
  await client.connect();
  try {
    await client.query(
      `insert into llm_configs (name, provider, model_name, base_url, is_active, extra_config)
       select 'config ' || i, (array['openai', 'deepseek', 'tongyi', 'zhipu', 'moonshot'])[1 + i % 5], 'model-' || i % 40,
              'http://127.0.0.1:9/v1', i % 3 <> 0, '{"thinking": "off"}'
         from generate_series(1, $1) i`,
      [CONFIGURATIONS],
    );
    await client.query(
      `insert into llm_config_options (llm_config_id, tags)
       select id, array['team-' || usage_count, 'prod'] from llm_configs on conflict do nothing`,
    );
    await client.query(
      `insert into llm_config_tests (id, llm_config_id, success, message, latency_ms, steps, at)
       select gen_random_uuid(), id, true, 'works', 400, '[]', now() - n * interval '1 hour'
         from llm_configs cross join generate_series(1, 5) n`,
    );
    await client.query(
      `insert into user_sessions (id, owner_id, channel, name, llm_config_id)
       select gen_random_uuid(), (select id from users limit 1), 'console', 'session', id from llm_configs`,
    );
    await client.query(
      `insert into messages (id, session_id, run_id, query, answer, status, llm_config_id, model_name, created_at)
       select gen_random_uuid(), s.id, gen_random_uuid(), 'question', 'answer', 'finished', s.llm_config_id, 'model',
              now() - n * interval '3 hours'
         from (select id, llm_config_id from user_sessions limit $1) s cross join generate_series(1, 4) n`,
      [MESSAGES / 4],
    );
    await client.query('analyze');
  } finally {
    await client.end();
  }
}
