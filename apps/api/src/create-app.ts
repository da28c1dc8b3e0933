import { Controller, Get, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ClockModule } from './platform/clock/clock.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Environment } from './platform/config/environment.js';
import { DatabaseModule } from './platform/database/database.module.js';
import type { OpenDatabase } from './platform/database/open-database.js';
import { ENTITIES, MIGRATIONS } from './schema.js';

/** Tells that the process is alive. */
@Controller('health')
export class HealthController {
  @Get()
  health(): { status: string } {
    return { status: 'ok' };
  }
}

/** The features and the platform, in dependency order. */
@Module({})
export class AppModule {
  static forRoot(environment: Environment, database: OpenDatabase): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(environment),
        ClockModule,
        DatabaseModule.forRoot(database, { entities: ENTITIES, migrations: MIGRATIONS }),
      ],
      controllers: [HealthController],
    };
  }
}

/** Builds the whole application around an open database. */
export function createApp(environment: Environment, database: OpenDatabase): Promise<NestExpressApplication> {
  return NestFactory.create<NestExpressApplication>(AppModule.forRoot(environment, database), {
    bufferLogs: true,
    autoFlushLogs: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
}
