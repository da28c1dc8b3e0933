import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { UserIdentity } from './user-identity.entity.js';

/** Identities in the table. */
@Injectable()
export class UserIdentityRepository {
  constructor(private readonly database: Database) {}

  find(issuer: string, subject: string): Promise<UserIdentity | null> {
    return this.identities().findOneBy({ issuer, subject });
  }

  /** Whether the user is known to the issuer, by whatever subject. */
  has(userId: string, issuer: string): Promise<boolean> {
    return this.identities().existsBy({ userId, issuer });
  }

  /** In the place of what the user was at that issuer before. */
  async put(identity: Pick<UserIdentity, 'userId' | 'issuer' | 'subject' | 'roleFromClaim'>): Promise<void> {
    await this.identities().upsert(identity, ['userId', 'issuer']);
  }

  /** Those of these users, oldest first. */
  of(userIds: readonly string[]): Promise<UserIdentity[]> {
    return this.identities().find({ where: { userId: In([...userIds]) }, order: { createdAt: 'ASC' } });
  }

  async removeAllOf(userId: string): Promise<void> {
    await this.identities().delete({ userId });
  }

  private identities() {
    return this.database.repositoryOf(UserIdentity);
  }
}
