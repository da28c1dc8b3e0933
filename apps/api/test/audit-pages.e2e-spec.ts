import type { AuditListDto } from '@opsagent/contracts';
import { startTestApp, type TestApp } from './support/test-app.js';

const ENTRIES = 30_000;
const NAMES = ['生产环境', '生产', "it's", 'back\\slash', '100%', 'a_b', 'Größe', 'x'];

describe('pages of a long audit log', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
    await server.query(
      `insert into audit_log (seq, at, actor_kind, actor_id, actor_name, address, action, target_type, target_id, target_name, refused, hash)
       select last + n, now() - ($1 - n) * interval '1 minute', 'user', ('00000000-0000-4000-8000-00000000000' || n % 5)::uuid,
              'user' || n % 5 || '@example.org', '10.0.0.' || n % 250, 'llm_config.update', 'llm_config', n::text,
              case when n % 1000 = 0 then ($2::text[])[n / 1000] else 'target ' || n end, n % 100 = 0, ''::bytea
         from generate_series(1, $1) n, (select max(seq) last from audit_log) newest`,
      [ENTRIES, NAMES],
    );
    await server.query('analyze audit_log');
  });

  afterAll(() => server.close());

  const list = async (query: Record<string, string | number>): Promise<AuditListDto> => {
    const asked = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return (await (await fetch(`${server.url}/api/audit?${asked.toString()}`, server.admin)).json()) as AuditListDto;
  };
  const numbers = ({ items }: AuditListDto): number[] => items.map(({ seq }) => Number(seq));
  /** Those numbers, as the table itself tells them. */
  const truth = async (where: string, order = 'seq desc'): Promise<number[]> => {
    const found = await server.query<{ seq: string }>(`select seq from audit_log where ${where} order by ${order}`);
    return found.map(({ seq }) => Number(seq));
  };

  it('cover everything, up to the first entry', async () => {
    const all = await truth('true');
    for (const skip of [0, 1, 12_345, all.length - 50, all.length - 1, all.length, all.length + 7]) {
      const page = await list({ skip, limit: 100 });
      expect(page).toMatchObject({ total: all.length, is_capped: false });
      expect(numbers(page)).toEqual(all.slice(skip, skip + 100));
    }
  });

  it('cover also what is older than the chain, and has gaps', async () => {
    await server.query(
      `insert into audit_log (seq, actor_kind, action, target_type) select seq, 'system', 'user.create', 'user'
         from unnest(array[-7, -4, -1]) seq`,
    );
    const all = await truth('true');
    const page = await list({ skip: all.length - 5, limit: 100 });
    expect(page.total).toBe(all.length);
    expect(numbers(page)).toEqual(all.slice(-5));
    expect(numbers(await list({ skip: all.length - 2 }))).toEqual([-4, -7]);
  });

  it('tell how many a filter finds, and from 10,000 on that there are more', async () => {
    expect(await list({ action: 'llm_config', limit: 1 })).toMatchObject({ total: 10_000, is_capped: true });
    expect(await list({ search: 'example.org', limit: 1 })).toMatchObject({ total: 10_000, is_capped: true });
    const refused = await list({ refused: 'true', limit: 1 });
    expect(refused).toMatchObject({ total: ENTRIES / 100, is_capped: false });
    const deep = await list({ action: 'llm_config', skip: 12_000, limit: 3 });
    expect(numbers(deep)).toEqual((await truth(`action like 'llm_config.%'`)).slice(12_000, 12_003));
  });

  it.each(NAMES)('find every entry that has “%s” in it, whatever its case, and no other', async (name) => {
    for (const search of [name, name.toUpperCase(), name.slice(0, 2), name.slice(-1)]) {
      const found = await truth(
        `strpos(lower(concat_ws(chr(10), actor_name, target_name, address, action)), lower('${search.replaceAll("'", "''")}')) > 0`,
      );
      const page = await list({ search, limit: 1000 });
      expect(numbers(page)).toEqual(found.slice(0, 1000));
      expect(page.total).toBe(Math.min(found.length, 10_000));
    }
  });

  it('are narrowed by several things at once', async () => {
    const [from, to] = [200, 100].map((hours) => new Date(Date.now() - hours * 3_600_000).toISOString());
    const asked = { from: from ?? '', to: to ?? '', search: 'user3@', refused: 'false', action: 'llm_config.update' };
    const found = await truth(
      `at >= '${from}' and at < '${to}' and actor_name like 'user3@%' and not refused and action = 'llm_config.update'`,
      'at desc, seq desc',
    );
    const page = await list({ ...asked, skip: 20, limit: 50 });
    expect(found.length).toBeGreaterThan(1000);
    expect(numbers(page)).toEqual(found.slice(20, 70));
    expect(page).toMatchObject({ total: found.length, is_capped: false });
  });

  it('find what is rare by the index', async () => {
    await server.query('set enable_seqscan = off');
    const plan = await server.query<{ 'QUERY PLAN': string }>(
      `explain select 1 from audit_log
        where audit_groups(audit_text(actor_name, target_name, address, action)) @@ audit_groups_asked('生产')`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('idx_audit_log_search');
  });
});
