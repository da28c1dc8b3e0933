import type { TestApp } from './test-app.js';

/** What the mere fact of a request may change; what an earlier one used is written down a second behind it. */
const TOUCHED_BY_ANYBODY = ['user_tokens', 'settings', 'usage_hourly'];

/** How many rows each table has and what is in them, as one word: the same before and after when nothing was stored. */
export async function rowDigests(app: TestApp): Promise<Record<string, string>> {
  const tables = await app.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> all($1)`,
    [TOUCHED_BY_ANYBODY],
  );
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest from "${name}" t`,
  );
  const rows = await app.query<{ name: string; digest: string }>(parts.join(' union all '));
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}
