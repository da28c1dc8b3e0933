import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Environment } from '../../platform/config/environment.js';
import { Database } from '../../platform/database/database.js';
import { Settings } from '../../platform/database/settings.js';
import type { App } from './app.entity.js';
import { AppRepository } from './app.repository.js';
import { newApp } from './new-app.js';

const SETTING = 'first_app_id';

/** The app of the first start: the one of `OPSAGENT_APP_KEY`, and of calls without a key while authentication is off. */
@Injectable()
export class FirstApp implements OnModuleInit {
  private id = '';
  private app: App | null = null;
  private generation = 0;

  constructor(
    private readonly apps: AppRepository,
    private readonly settings: Settings,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly environment: Environment,
  ) {}

  async onModuleInit(): Promise<void> {
    this.id = (await this.settings.get<string>(SETTING)) ?? (await this.create());
  }

  get(): App | Promise<App> {
    return this.app ?? this.read();
  }

  is(id: string): boolean {
    return id === this.id;
  }

  forget(): void {
    this.generation += 1;
    this.app = null;
  }

  private async read(): Promise<App> {
    const generation = this.generation;
    const app = await this.apps.getById(this.id);
    if (generation === this.generation) this.app = app;
    return app;
  }

  /** Processes that start together agree on the id: the second waits for the first one's transaction. */
  private create(): Promise<string> {
    return this.database.transaction(async () => {
      const id = await this.settings.getOrSet<string>(SETTING, randomUUID());
      await this.apps.addOnce(this.describe(id, this.clock.now()));
      return id;
    });
  }

  private describe(id: string, now: Date): App {
    return {
      ...newApp(id, 'OpsAgent', this.environment.OPSAGENT_APP_MODE, now),
      description: 'Answers questions and investigates incidents.',
    };
  }
}
