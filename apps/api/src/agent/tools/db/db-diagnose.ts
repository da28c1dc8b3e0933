import type { DatabaseSession, Row } from '../../sources/databases/database-session.js';
import { DATABASE_KINDS } from '../../sources/databases/open-database.js';
import type { AgentTool, ToolResult } from '../agent-tool.js';
import { type Check, DB_CHECK, type DbCheck, type Findings } from './checks/check.js';
import * as mysqlActivity from './checks/mysql-activity.js';
import * as mysqlServer from './checks/mysql-server.js';
import * as mysqlStorage from './checks/mysql-storage.js';
import * as postgresActivity from './checks/postgres-activity.js';
import * as postgresServer from './checks/postgres-server.js';
import * as postgresStorage from './checks/postgres-storage.js';
import { type DatabaseAccess, databaseResult } from './database-result.js';

interface DbDiagnoseInput {
  check: DbCheck;
  source?: string;
}

const STATEMENT_MS = 10_000;

const POSTGRES: Readonly<Record<DbCheck, Check>> = {
  overview: postgresActivity.overview,
  connections: postgresActivity.connections,
  locks: postgresActivity.locks,
  long_queries: postgresActivity.longQueries,
  long_transactions: postgresActivity.longTransactions,
  slow_queries: postgresStorage.slowQueries,
  tables: postgresStorage.tables,
  indexes: postgresStorage.indexes,
  replication: postgresServer.replication,
  settings: postgresServer.settings,
  vacuum: postgresStorage.vacuum,
};

const MYSQL: Readonly<Record<DbCheck, Check>> = {
  overview: mysqlActivity.overview,
  connections: mysqlActivity.connections,
  locks: mysqlActivity.locks,
  long_queries: mysqlActivity.longQueries,
  long_transactions: mysqlActivity.longTransactions,
  slow_queries: mysqlStorage.slowQueries,
  tables: mysqlStorage.tables,
  indexes: mysqlStorage.indexes,
  replication: mysqlServer.replication,
  settings: mysqlServer.settings,
  vacuum: mysqlStorage.vacuum,
};

/** Looks into a database by a closed list of checks. */
export function dbDiagnose(access: DatabaseAccess): AgentTool<DbDiagnoseInput> {
  return {
    name: 'db_diagnose',
    description:
      'Looks into a PostgreSQL or MySQL/MariaDB source by ready checks: overview, connections (by client and state, against the limit), locks (who blocks whom, as a tree with the blocking session at its top), long_queries, long_transactions, slow_queries (statistics of the past), tables (sizes, dead rows), indexes (unused, missing), replication (lag), settings, vacuum (PostgreSQL autovacuum, InnoDB purge). Start with overview.',
    parameters: {
      type: 'object',
      properties: {
        check: { type: 'string', enum: DB_CHECK, description: 'What to look at.' },
        source: { type: 'string', maxLength: 63, description: 'Which source; not needed when there is one only.' },
      },
      required: ['check'],
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Diagnose a database', zh: '诊断数据库' },
    sourceKinds: DATABASE_KINDS,

    run: ({ check, source }, context) =>
      databaseResult(access, { source, statementMs: STATEMENT_MS }, context, (session, { name }) =>
        diagnosed(session, name, check),
      ),
  };
}

async function diagnosed(session: DatabaseSession, source: string, check: DbCheck): Promise<ToolResult> {
  const asked: string[] = [];
  const ask = (sql: string): Promise<Row[]> => {
    asked.push(sql);
    return session.ask(sql);
  };
  const { engine, version, versionNumber } = session;
  const look = (engine === 'PostgreSQL' ? POSTGRES : MYSQL)[check];
  const { isUnknown = false, ...findings } = await look({ ask, engine, versionNumber });
  const about = { source, engine: `${engine} ${version}`, check };
  const status = isUnknown || isEmpty(findings) ? 'no_data' : 'ok';
  const nothing =
    status === 'no_data' && findings.message === undefined ? { message: 'There is nothing of that now.' } : {};
  return { status, ...about, ...nothing, ...findings, query: asked.join(';\n') };
}

function isEmpty({ message: _message, ...findings }: Findings): boolean {
  return Object.values(findings).every(
    (found) => found === null || found === 0 || (Array.isArray(found) && found.length === 0),
  );
}
