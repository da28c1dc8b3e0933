import { Injectable } from '@nestjs/common';
import type { AboutDto } from '@opsagent/contracts';
import { Clock } from '../platform/clock/clock.js';
import { Environment } from '../platform/config/environment.js';
import { DatabaseFacts } from './database-facts.repository.js';
import { programVersion } from './program-version.js';

/** Tells what runs here: versions and modes, no path and no secret. */
@Injectable()
export class AboutService {
  constructor(
    private readonly database: DatabaseFacts,
    private readonly environment: Environment,
    private readonly clock: Clock,
  ) {}

  async get(): Promise<AboutDto> {
    const [{ version, ownRole }, program] = await Promise.all([this.database.server(), programVersion()]);
    const uptime = Math.floor(process.uptime());
    return {
      version: program,
      node_version: process.versions.node,
      postgres_version: version,
      database_role: ownRole ? 'separate' : 'owner',
      master_key_kept_in: this.environment.OPSAGENT_MASTER_KEY === undefined ? 'file' : 'environment',
      environment: this.environment.OPSAGENT_ENVIRONMENT ?? null,
      started_at: new Date(this.clock.now().getTime() - uptime * 1000).toISOString(),
      uptime_s: uptime,
    };
  }
}
