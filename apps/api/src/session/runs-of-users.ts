import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AccessRules } from '../platform/actor/access.js';
import { UserStanding } from '../platform/actor/user-standing.js';
import type { LiveRun } from './live-run.js';
import { Runs } from './runs.js';

/** What asking needs, from the first word of the answer to its last. */
const PERMISSION = 'sessions.write';

/** Stops what answers to users who may not ask any more: the model's time is no longer theirs. */
@Injectable()
export class RunsOfUsers implements OnModuleInit {
  private readonly logger = new Logger(RunsOfUsers.name);

  constructor(
    private readonly runs: Runs,
    private readonly standing: UserStanding,
    private readonly rules: AccessRules,
  ) {}

  onModuleInit(): void {
    this.standing.onChange((userId) => void this.check(userId));
  }

  /** Never rejects: what could not be looked up is looked at again. @param userId whose; everybody's without it */
  async check(userId?: string): Promise<void> {
    const owned = this.runs.ofUsers(userId);
    if (owned.size === 0) return;
    try {
      const roles = await this.standing.rolesOf([...owned.keys()]);
      for (const [id, runs] of owned) {
        const role = roles.get(id);
        if (role === undefined || !this.rules.allows(role, PERMISSION)) stop(runs);
      }
    } catch (error) {
      this.logger.warn(`It is not known who may still ask: ${(error as Error).message}`);
    }
  }
}

function stop(runs: readonly LiveRun[]): void {
  for (const run of runs) run.stop();
}
