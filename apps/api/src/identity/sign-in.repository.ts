import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { SignIn } from './sign-in.entity.js';
import { User } from './user.entity.js';

/** Signed-in browsers in the table. */
@Injectable()
export class SignInRepository {
  constructor(private readonly database: Database) {}

  async add(signIn: Pick<SignIn, 'userId' | 'tokenHash' | 'expiresAt' | 'userAgent' | 'address'>): Promise<void> {
    await this.database.repositoryOf(SignIn).insert(signIn);
  }

  /** The sign-in with its user, unless either has ended. */
  async findValid(tokenHash: Buffer, now: Date): Promise<{ signIn: SignIn; user: User } | null> {
    const signIn = await this.database.repositoryOf(SignIn).findOneBy({ tokenHash });
    if (!signIn || signIn.expiresAt <= now) return null;
    const user = await this.database.repositoryOf(User).findOneBy({ id: signIn.userId, isActive: true });
    return user && { signIn, user };
  }

  async prolong(id: string, expiresAt: Date): Promise<void> {
    await this.database.repositoryOf(SignIn).update({ id }, { expiresAt });
  }

  async remove(tokenHash: Buffer): Promise<void> {
    await this.database.repositoryOf(SignIn).delete({ tokenHash });
  }

  /** Those that have not ended, newest first. */
  listOf(userId: string, now: Date): Promise<SignIn[]> {
    const where = { userId, expiresAt: MoreThan(now) };
    return this.database.repositoryOf(SignIn).find({ where, order: { createdAt: 'DESC' } });
  }

  async removeOf(userId: string, id: string): Promise<boolean> {
    const { affected } = await this.database.repositoryOf(SignIn).delete({ userId, id });
    return affected === 1;
  }

  /** Ends every sign-in of a user, but for one. */
  async removeAllOf(userId: string, but: Buffer | null = null): Promise<void> {
    const others = but === null ? {} : { tokenHash: Not(but) };
    await this.database.repositoryOf(SignIn).delete({ userId, ...others });
  }

  async removeExpired(): Promise<void> {
    await this.database.query('delete from sign_ins where expires_at < now()');
  }
}
