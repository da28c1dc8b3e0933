import { Injectable } from '@nestjs/common';
import type { Role } from '@opsagent/contracts';
import { In, IsNull, Not } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { User } from './user.entity.js';

/** Serialises what must leave one administrator at least, among all processes (any constant will do). */
const ADMIN_LOCK = 7_318_001;

/** A user with what hangs on them. */
export interface UserDetails extends Pick<
  User,
  'id' | 'email' | 'name' | 'role' | 'isActive' | 'createdAt' | 'lastSeenAt'
> {
  readonly hasPassword: boolean;
  readonly hasTotp: boolean;
  readonly signIns: number;
  readonly tokens: number;
  readonly invitedUntil: Date | null;
}

/** Accounts in the table. */
@Injectable()
export class UserRepository {
  constructor(private readonly database: Database) {}

  findByEmail(email: string): Promise<User | null> {
    return this.users().createQueryBuilder('u').where('lower(u.email) = lower(:email)', { email }).getOne();
  }

  /** Those of these that exist. */
  briefly(ids: readonly string[]): Promise<Pick<User, 'id' | 'email' | 'name' | 'role'>[]> {
    const select = { id: true, email: true, name: true, role: true };
    return this.users().find({ where: { id: In([...ids]) }, select });
  }

  /** The roles of those of these that are not switched off. */
  async rolesOfActive(ids: readonly string[]): Promise<Map<string, Role>> {
    const where = { id: In([...ids]), isActive: true };
    const users = await this.users().find({ where, select: { id: true, role: true } });
    return new Map(users.map(({ id, role }) => [id, role]));
  }

  getById(id: string): Promise<User> {
    return this.users().findOneByOrFail({ id });
  }

  /** Whether an administrator can sign in; the built-in one of a trial without authentication cannot. */
  hasAdmin(): Promise<boolean> {
    return this.users().existsBy({ role: 'admin', isActive: true, passwordHash: Not(IsNull()) });
  }

  /** Until the end of the running transaction nobody else adds users, or makes or unmakes administrators. */
  async lockAdmins(): Promise<void> {
    await this.database.query('select pg_advisory_xact_lock($1)', [ADMIN_LOCK]);
  }

  async add(user: { email: string; passwordHash: string | null; role: Role; name?: string | null }): Promise<User> {
    const { identifiers } = await this.users().insert(user);
    return this.getById((identifiers[0] as { id: string }).id);
  }

  /** Gives an account that could not sign in a password. */
  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.users().update({ id }, { passwordHash, updatedAt: () => 'now()' });
  }

  /** Every user with what hangs on them, by e-mail address. */
  async details(id: string | null = null): Promise<UserDetails[]> {
    return this.database.query<UserDetails>(
      `select u.id, u.email, u.name, u.role, u.is_active "isActive", u.password_hash is not null "hasPassword",
         exists (select 1 from user_totp f where f.user_id = u.id and f.confirmed_at is not null) "hasTotp",
         u.created_at "createdAt", u.last_seen_at "lastSeenAt",
         (select count(*)::int from sign_ins s where s.user_id = u.id and s.expires_at > now()) "signIns",
         (select count(*)::int from user_tokens t where t.user_id = u.id and coalesce(t.expires_at > now(), true)) tokens,
         (select i.expires_at from user_invitations i where i.user_id = u.id and i.expires_at > now()) "invitedUntil"
       from users u where $1::uuid is null or u.id = $1 order by lower(u.email)`,
      [id],
    );
  }

  /** Until the end of the running transaction nobody else changes the user; null where there is none. */
  locked(id: string): Promise<User | null> {
    return this.users().findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async change(id: string, change: Partial<Pick<User, 'role' | 'isActive' | 'name'>>): Promise<void> {
    await this.users().update({ id }, { ...change, updatedAt: () => 'now()' });
  }

  /** Remembers that the user was here; asked at most once a minute for each credential. */
  async seen(id: string, at: Date): Promise<void> {
    await this.users().update({ id }, { lastSeenAt: at });
  }

  private users() {
    return this.database.repositoryOf(User);
  }
}
