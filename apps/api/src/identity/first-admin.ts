import { Injectable } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Environment } from '../platform/config/environment.js';
import { Database } from '../platform/database/database.js';
import { EmailTaken, SetupDone } from './identity.errors.js';
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

  /** @throws SetupDone when there is one already; EmailTaken when the address belongs to somebody else. */
  async create(email: string, password: string, name: string | null = null): Promise<User> {
    const passwordHash = await hashPassword(password);
    return this.database.transaction(async () => {
      await this.users.lockAdmins();
      if (await this.users.hasAdmin()) throw new SetupDone();
      const user = await this.addOrAdopt(email, passwordHash, name);
      await this.audit.record({
        ...{ action: 'setup.create_admin', targetType: 'user', targetId: user.id, targetName: user.email },
        after: { email: user.email, role: user.role, ...(name !== null && { name }) },
      });
      return user;
    });
  }

  /** Whoever acts where authentication is off. */
  ofTrial(): Promise<User> {
    this.cached ??= this.read().catch((error: unknown) => {
      // A failure is not worth keeping.
      this.cached = undefined;
      throw error;
    });
    return this.cached;
  }

  /** What is known of them may have changed. */
  forget(): void {
    this.cached = undefined;
  }

  /** The administrator that `OPSAGENT_ADMIN_TOKEN` acts as; made where there is none of that address. */
  read(): Promise<User> {
    const email = this.environment.OPSAGENT_ADMIN_EMAIL ?? BUILT_IN_EMAIL;
    return this.database.transaction(async () => {
      await this.users.lockAdmins();
      return (await this.users.findByEmail(email)) ?? this.users.add({ email, passwordHash: null, role: 'admin' });
    });
  }

  /** An administrator without a password under this address has acted here before, for a token or a trial, and stays the same user. */
  private async addOrAdopt(email: string, passwordHash: string, name: string | null): Promise<User> {
    const known = await this.users.findByEmail(email);
    if (known === null) return this.users.add({ email, passwordHash, role: 'admin', name });
    if (known.role !== 'admin' || known.passwordHash !== null) throw new EmailTaken();
    await this.users.setPassword(known.id, passwordHash);
    if (name !== null) await this.users.change(known.id, { name });
    return { ...known, name: name ?? known.name };
  }
}
