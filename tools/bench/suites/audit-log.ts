import pg from 'pg';
import type { Bench } from '../bench.ts';
import { databaseIn } from '../processes/database.ts';
import type { OpsAgent } from '../processes/opsagent.ts';
import { percentile } from '../statistics.ts';

const ENTRIES = 1_000_000;
const LIMIT = 100;
const READS = 20;

const PAGES = ['', 'skip=100000', 'skip=900000'];
/** What is frequent, seldom and never there, alone and together. */
const FILTERS = [
  ...['action=llm_config.update', 'action=limit', 'refused=true', 'target_type=user', 'target_id=target-777'],
  ...['target_id=no-such-target', 'actor_id=00000000-0000-4000-8000-000000000007', `from=${day(2)}`, `to=${day(200)}`],
  ...[`from=${day(101)}&to=${day(100)}`, `action=auth&refused=true&to=${day(100)}`],
];
const SEARCHES = [
  'user',
  'user7@',
  'user49@example.org',
  'target 777',
  '10.0.0.7',
  'sign_in',
  'nothing-like-it',
  '生产',
  'zz',
];

/** How long pages of a very long audit log take, whatever is asked for. */
export async function measureAuditLog(bench: Bench, rounds: number): Promise<void> {
  const server = await bench.startOpsAgent([]);
  try {
    await seed(server.dataFolder);
    for (let round = 0; round < rounds; round += 1) {
      bench.figures.add('audit-page', server.name, await slowest(server, PAGES));
      bench.figures.add('audit-filter', server.name, await slowest(server, FILTERS));
      const searches = SEARCHES.map((search) => `search=${encodeURIComponent(search)}`);
      bench.figures.add('audit-search', server.name, await slowest(server, searches));
    }
  } finally {
    await server.stop();
  }
}

/** @returns of the query that takes longest, the 95th percentile of its reads */
async function slowest(server: OpsAgent, queries: readonly string[]): Promise<number> {
  let most = 0;
  for (const query of queries) {
    const times: number[] = [];
    for (let read = 0; read < READS; read += 1) {
      const from = performance.now();
      await server.readList(`/api/audit?limit=${LIMIT}&${query}`);
      times.push(performance.now() - from);
    }
    most = Math.max(most, percentile(times, 0.95));
  }
  return most;
}

/** An entry every twenty seconds, of fifty people. */
async function seed(dataFolder: string): Promise<void> {
  const client = new pg.Client(databaseIn(dataFolder));
  await client.connect();
  try {
    await client.query(
      `insert into audit_log (seq, at, actor_kind, actor_id, actor_name, address, request_id, action, target_type, target_id,
                              target_name, after, refused, hash)
       select last + n, now() - ($1 - n) * interval '20 seconds', 'user',
              ('00000000-0000-4000-8000-' || lpad((n % 50)::text, 12, '0'))::uuid, 'user' || n % 50 || '@example.org',
              '10.0.0.' || n % 250, gen_random_uuid(),
              (array['llm_config.update', 'session.create', 'auth.sign_in', 'llm_config.test'])[1 + n % 4],
              (array['llm_config', 'session', 'user'])[1 + n % 3], 'target-' || n % 20000, 'target ' || n % 20000,
              '{"temperature": 0.5}', n % 100 = 0, decode(repeat('00', 32), 'hex')
         from generate_series(1, $1) n, (select coalesce(max(seq), 0) last from audit_log) newest`,
      [ENTRIES],
    );
    await client.query('vacuum analyze audit_log');
  } finally {
    await client.end();
  }
}

/** The moment that many days ago. */
function day(ago: number): string {
  return new Date(Date.now() - ago * 86_400_000).toISOString();
}
