import type { TestApp } from './test-app.js';

/** Every row of every table as text, behind the name of its table. */
export async function tableDump(app: TestApp): Promise<string[]> {
  const tables = await app.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const dump: string[] = [];
  for (const { name } of tables) {
    const rows = await app.query<{ row: string }>(`select t::text as row from ${name} t`);
    dump.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return dump;
}
