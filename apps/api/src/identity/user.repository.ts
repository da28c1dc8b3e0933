import { Injectable } from '@nestjs/common';
import type { Role } from '@opsagent/contracts';
import { IsNull, Not } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { User } from './user.entity.js';

/** Serialises the making of the first administrator among all processes (any constant will do). */
const FIRST_ADMIN_LOCK = 7_318_001;

/** Accounts in the table. */
@Injectable()
export class UserRepository {
  constructor(private readonly database: Database) {}

  findByEmail(email: string): Promise<User | null> {
    return this.users().createQueryBuilder('u').where('lower(u.email) = lower(:email)', { email }).getOne();
  }

  getById(id: string): Promise<User> {
    return this.users().findOneByOrFail({ id });
  }

  /** Whether an administrator can sign in; the built-in one of a trial without authentication cannot. */
  hasAdmin(): Promise<boolean> {
    return this.users().existsBy({ role: 'admin', isActive: true, passwordHash: Not(IsNull()) });
  }

  /** Until the end of the running transaction nobody else makes a first administrator. */
  async lockFirstAdmin(): Promise<void> {
    await this.database.query('select pg_advisory_xact_lock($1)', [FIRST_ADMIN_LOCK]);
  }

  async add(user: { email: string; passwordHash: string | null; role: Role }): Promise<User> {
    const { identifiers } = await this.users().insert(user);
    return this.getById((identifiers[0] as { id: string }).id);
  }

  /** Gives an account that could not sign in a password. */
  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.users().update({ id }, { passwordHash, updatedAt: () => 'now()' });
  }

  /** Remembers that the user was here; asked at most once a minute for each credential. */
  async seen(id: string, at: Date): Promise<void> {
    await this.users().update({ id }, { lastSeenAt: at });
  }

  private users() {
    return this.database.repositoryOf(User);
  }
}
