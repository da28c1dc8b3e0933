import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type DatabaseSchema, dataSourceOptions } from './data-source-options.js';
import { DataFolder } from './data-folder.js';
import { Database } from './database.js';
import { HotPool } from './hot-pool.js';
import type { OpenDatabase } from './open-database.js';
import { RateLimits } from './rate-limits.js';
import { Settings } from './settings.js';
import { Signals } from './signals.js';

/** Gives every feature the one database, prepared already: transactions, the chat path's own connections, signals between processes. */
@Global()
@Module({})
export class DatabaseModule {
  static forRoot(open: OpenDatabase, schema: DatabaseSchema): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(open, schema), migrationsRun: false, retryAttempts: 0 })],
      providers: [
        Database,
        RateLimits,
        Settings,
        { provide: DataFolder, useValue: new DataFolder(open.dataDir) },
        { provide: HotPool, useFactory: () => new HotPool(open.options) },
        { provide: Signals, useFactory: () => new Signals(open.options) },
      ],
      exports: [Database, DataFolder, RateLimits, Settings, HotPool, Signals],
    };
  }
}
