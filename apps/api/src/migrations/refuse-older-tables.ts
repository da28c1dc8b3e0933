import { Client } from 'pg';
import { StartError } from '../platform/config/start-error.js';
import type { OpenDatabase } from '../platform/database/open-database.js';

/**
 * Keeps the migrations away from a database of the older system: its `llm_configs` is a table of the same name
 * that they did not make.
 * @throws StartError before anything is written
 */
export async function refuseOlderTables({ options }: Pick<OpenDatabase, 'options'>): Promise<void> {
  const client = new Client(options);
  await client.connect();
  try {
    const exists = async (table: string): Promise<boolean> => {
      const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [table]);
      return rows[0]?.found ?? false;
    };
    if (!(await exists('llm_configs'))) return;
    if (await exists('migrations')) {
      const ours = await client.query(`select 1 from migrations where name like 'CreateLlmConfig%'`);
      if (ours.rowCount) return;
    }
    throw new StartError(
      'The database already holds an "llm_configs" table that OpsAgent did not make; nothing was changed, so give DATABASE_URL an empty database.',
    );
  } finally {
    await client.end();
  }
}
