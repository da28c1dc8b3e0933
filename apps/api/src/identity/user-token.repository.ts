import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { User } from './user.entity.js';
import { UserToken } from './user-token.entity.js';

/** What a token is stored with at first. */
type NewToken = Pick<UserToken, 'userId' | 'name' | 'tokenHash' | 'prefix' | 'lastFour' | 'scopes' | 'expiresAt'>;

/** Personal tokens in the table. */
@Injectable()
export class UserTokenRepository {
  constructor(private readonly database: Database) {}

  async add(token: NewToken): Promise<UserToken> {
    const { tokenHash } = token;
    await this.tokens().insert(token);
    return this.tokens().findOneByOrFail({ tokenHash });
  }

  listOf(userId: string): Promise<UserToken[]> {
    return this.tokens().find({ where: { userId }, order: { createdAt: 'DESC' } });
  }

  findOf(userId: string, id: string): Promise<UserToken | null> {
    return this.tokens().findOneBy({ userId, id });
  }

  async remove(id: string): Promise<void> {
    await this.tokens().delete({ id });
  }

  /** The token, past its end or not, with its user; null where there is none, or its user is switched off. */
  async find(tokenHash: Buffer): Promise<{ token: UserToken; user: User } | null> {
    const token = await this.tokens().findOneBy({ tokenHash });
    if (!token) return null;
    const user = await this.database.repositoryOf(User).findOneBy({ id: token.userId, isActive: true });
    return user && { token, user };
  }

  async used(id: string, at: Date): Promise<void> {
    await this.tokens().update({ id }, { lastUsedAt: at });
  }

  private tokens() {
    return this.database.repositoryOf(UserToken);
  }
}
