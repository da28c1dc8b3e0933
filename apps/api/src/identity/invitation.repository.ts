import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { Invitation } from './invitation.entity.js';

/** Open invitations in the table; a user has one at the most. */
@Injectable()
export class InvitationRepository {
  constructor(private readonly database: Database) {}

  /** In the place of an earlier one. */
  async put(invitation: Pick<Invitation, 'userId' | 'tokenHash' | 'expiresAt'>): Promise<void> {
    await this.database.repositoryOf(Invitation).upsert(invitation, ['userId']);
  }

  /** Takes an invitation that still holds: nobody else gets it. @returns the user it is for */
  async take(tokenHash: Buffer, now: Date): Promise<string | null> {
    const invitations = this.database.repositoryOf(Invitation);
    const found = await invitations.findOneBy({ tokenHash, expiresAt: MoreThan(now) });
    if (!found) return null;
    const { affected } = await invitations.delete({ tokenHash });
    return affected === 1 ? found.userId : null;
  }

  isOpen(userId: string, now: Date): Promise<boolean> {
    return this.database.repositoryOf(Invitation).existsBy({ userId, expiresAt: MoreThan(now) });
  }

  async removeOf(userId: string): Promise<void> {
    await this.database.repositoryOf(Invitation).delete({ userId });
  }
}
