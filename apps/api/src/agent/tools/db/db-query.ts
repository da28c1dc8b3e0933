import type { DatabaseSession } from '../../sources/databases/database-session.js';
import { roleReasons } from '../../sources/databases/database-role.js';
import { DATABASE_KINDS } from '../../sources/databases/open-database.js';
import type { AgentTool, ToolResult } from '../agent-tool.js';
import { type DatabaseAccess, databaseResult } from './database-result.js';
import { checkMysqlStatement } from './statement/mysql-fence.js';
import { checkPostgresStatement } from './statement/postgres-fence.js';

interface DbQueryInput {
  sql: string;
  source?: string;
  max_rows?: number;
}

const STATEMENT_MS = 20_000;
const USUAL_ROWS = 100;
const MOST_ROWS = 1_000;
const MOST_BYTES = 512 * 1024;
const MOST_CHARACTERS = 2_000;

/** Asks a database one reading statement, by a role that can do nothing else. */
export function dbQuery(access: DatabaseAccess): AgentTool<DbQueryInput> {
  return {
    name: 'db_query',
    description: `Runs one reading SQL statement (SELECT, WITH, VALUES, SHOW, EXPLAIN) on a PostgreSQL or MySQL/MariaDB source, for at most ${STATEMENT_MS / 1000} s. Answers columns and rows; times are UTC, long values are cut. Try db_diagnose first for locks, connections, slow queries, sizes and settings. Aggregate rather than read many rows. Everything that writes or locks is refused.`,
    parameters: {
      type: 'object',
      properties: {
        sql: { type: 'string', maxLength: 10_000, description: 'One statement.' },
        source: { type: 'string', maxLength: 63, description: 'Which source; not needed when there is one only.' },
        max_rows: { type: 'integer', description: `Rows that are answered: ${USUAL_ROWS}, at most ${MOST_ROWS}.` },
      },
      required: ['sql'],
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Query a database', zh: '查询数据库' },
    sourceKinds: DATABASE_KINDS,
    timeoutMs: STATEMENT_MS + 20_000,

    run: ({ sql, source, max_rows = USUAL_ROWS }, context) =>
      databaseResult(access, { source, statementMs: STATEMENT_MS, query: sql }, context, async (session, { name }) => {
        const reasons = await roleReasons(session);
        if (reasons.length > 0) return roleRefused(name, sql, reasons);
        await checkStatement(session, sql);
        const rows = Math.min(Math.max(1, max_rows), MOST_ROWS);
        return answered(session, name, sql, rows);
      }),
  };
}

async function answered(session: DatabaseSession, source: string, query: string, most: number): Promise<ToolResult> {
  const start = performance.now();
  const limits = { rows: most, bytes: MOST_BYTES, characters: MOST_CHARACTERS };
  const { columns, rows, endedBy } = await session.read(query, limits);
  const about = { source, query, columns, ms: Math.round(performance.now() - start) };
  if (rows.length === 0) return { status: 'no_data', message: 'The statement answers no rows.', ...about };
  const message =
    endedBy === 'rows'
      ? `There are more rows than these ${rows.length}.`
      : `There are more rows than these ${rows.length}, which are ${MOST_BYTES / 1024} kB: select fewer or shorter columns.`;
  return { status: 'ok', ...about, row_count: rows.length, rows, ...(endedBy && { message }) };
}

async function checkStatement(session: DatabaseSession, sql: string): Promise<void> {
  if (session.engine === 'PostgreSQL') await checkPostgresStatement(session, sql);
  else checkMysqlStatement(sql);
}

function roleRefused(source: string, query: string, reasons: readonly string[]): ToolResult {
  const because = reasons.slice(0, 6).join('; ');
  const message = `The role of ${source} can do more than read, so no statement is run by it: ${because}. An administrator registers a role that only reads (docs/tools.md). db_diagnose works as it is.`;
  return { status: 'refused', message, source, query };
}
