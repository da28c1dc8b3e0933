import type { DataSourceOptions, EntitySchema, MigrationInterface } from 'typeorm';
import type { OpenDatabase } from './open-database.js';
import { SnakeNamingStrategy } from './snake-naming-strategy.js';

/** The tables and the way to them; imported as classes so that sources, build and tests see the same list. */
export interface DatabaseSchema {
  readonly entities: readonly ((abstract new () => object) | EntitySchema)[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

/** Connections for everything off the chat path. */
const POOL_SIZE = 10;

/** How TypeORM reaches the database: migrations run at start, the schema is never synchronised. */
export function dataSourceOptions(open: OpenDatabase, schema: DatabaseSchema): DataSourceOptions {
  return {
    type: 'postgres',
    applicationName: 'opsagent',
    entities: [...schema.entities],
    migrations: [...schema.migrations],
    migrationsRun: true,
    migrationsTransactionMode: 'each',
    synchronize: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    namingStrategy: new SnakeNamingStrategy(),
    // Handed to pg as they are: pg reads the whole of an address, sockets and TLS included.
    extra: { ...open.options, max: POOL_SIZE, connectionTimeoutMillis: 10_000 },
  };
}
