import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Environment } from './environment.js';
import { StartupNotes } from './startup-notes.js';

/** Hands the environment, read once at start, to everything that needs a setting. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: Environment, useValue: environment }, StartupNotes],
      exports: [Environment, StartupNotes],
    };
  }
}
