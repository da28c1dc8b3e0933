import { Injectable } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Environment } from '../platform/config/environment.js';
import { Database } from '../platform/database/database.js';
import { SetupDone } from './identity.errors.js';
import { hashPassword } from './password.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** Who acts where authentication is off and nobody was set up. */
const BUILT_IN_EMAIL = 'admin@opsagent.local';

/** Makes the first administrator, exactly once however many try. */
@Injectable()
export class FirstAdmin {
  private cached: Promise<User> | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly users: UserRepository,
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** @throws SetupDone when there is one already. */
  async create(email: string, password: string | null): Promise<User> {
    const passwordHash = password === null ? null : await hashPassword(password);
    return this.database.transaction(async () => {
      await this.users.lockFirstAdmin();
      if (await this.users.hasAdmin()) throw new SetupDone();
      const user = await this.users.add({ email, passwordHash, role: 'admin' });
      await this.audit.record({
        ...{ action: 'setup.create_admin', targetType: 'user', targetId: user.id, targetName: user.email },
        after: { email: user.email, role: user.role },
      });
      return user;
    });
  }

  /** The administrator that `OPSAGENT_ADMIN_TOKEN` acts as, and everybody where authentication is off. */
  ofEnvironment(): Promise<User> {
    this.cached ??= this.findOrAdd(this.environment.OPSAGENT_ADMIN_EMAIL ?? BUILT_IN_EMAIL).catch((error: unknown) => {
      // A failure is not worth keeping.
      this.cached = undefined;
      throw error;
    });
    return this.cached;
  }

  private findOrAdd(email: string): Promise<User> {
    return this.database.transaction(async () => {
      await this.users.lockFirstAdmin();
      return (await this.users.findByEmail(email)) ?? this.users.add({ email, passwordHash: null, role: 'admin' });
    });
  }
}
