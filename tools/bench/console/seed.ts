import pg from 'pg';
import { databaseIn } from '../processes/database.ts';

export const MESSAGES = 2_000;
const MANY = 10_000;

/** Answers as operators get them: words, lists, code and tables of different lengths. */
const BLOCKS = [
  '负载正常，但 `/data` 已使用 91 %。建议先确认是哪些目录在增长，再决定清理还是扩容。',
  'The node has been under memory pressure since 09:40; the kernel killed two workers and both came back.',
  '1. 查看最近的变更\n2. 对比同组其他主机\n3. 在低峰期重启服务',
  '```sh\ndu -xh --max-depth=1 /data | sort -h | tail -5\njournalctl -u api --since "1 hour ago" | grep -i error\n```',
  '| 主机 | CPU | 内存 |\n|---|--:|--:|\n| node-1 | 41 % | 63 % |\n| node-7 | 87 % | 91 % |',
  '### 结论\n\n**先扩容**，再清理日志；`logrotate` 的保留天数可以从 30 天改为 7 天。',
];

/** Fills the database of a stopped or running server by itself. @returns the session with the many messages. */
export async function seed(dataFolder: string): Promise<string> {
  const client = new pg.Client(databaseIn(dataFolder));
  await client.connect();
  try {
    await client.query(
      `insert into llm_configs (name, provider, model_name, base_url, is_active)
       select 'config ' || i, (array['openai', 'deepseek', 'tongyi', 'zhipu', 'moonshot'])[1 + i % 5],
              'model-' || i % 40, 'http://127.0.0.1:9/v1', i % 3 <> 0
       from generate_series(1, $1) i`,
      [MANY],
    );
    await client.query(
      `insert into user_sessions (id, owner_id, channel, name, updated_at)
       select gen_random_uuid(), (select id from users limit 1), 'console', 'session ' || i, now() - i * interval '7 minutes'
       from generate_series(1, $1) i`,
      [MANY],
    );
    return await longSession(client);
  } finally {
    await client.end();
  }
}

async function longSession(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into user_sessions (id, owner_id, channel, name)
     values (gen_random_uuid(), (select id from users limit 1), 'console', 'long session') returning id`,
  );
  const answers = Array.from({ length: MESSAGES }, (_, index) => answer(index));
  await client.query(
    `insert into messages (id, session_id, run_id, query, answer, status, llm_config_id, model_name, created_at)
     select gen_random_uuid(), $1, gen_random_uuid(), 'question ' || i, a, 'finished', (select id from llm_configs limit 1),
            'model', now() - (10000 - i) * interval '1 minute'
     from unnest($2::text[]) with ordinality as t (a, i) order by i`,
    [rows[0].id, answers],
  );
  return rows[0].id;
}

function answer(index: number): string {
  const count = 1 + (index % 5);
  return Array.from({ length: count }, (_, block) => BLOCKS[(index + block) % BLOCKS.length]).join('\n\n');
}
