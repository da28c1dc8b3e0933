import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { User } from '../user.entity.js';
import type { ProvenIdentity } from './identity-provider.js';
import { type SealedCookie, SealedCookies } from './sealed-cookies.js';
import { UserIdentityRepository } from './user-identity.repository.js';

const LINK: SealedCookie = { name: 'link', sameSite: 'strict' };

interface PendingLink {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
}

/** Identities whose account has a password: linked once its owner has signed in with that in the same browser. */
@Injectable()
export class PendingLinks {
  constructor(
    private readonly cookies: SealedCookies,
    private readonly identities: UserIdentityRepository,
    private readonly audit: AuditLog,
  ) {}

  keep({ issuer, subject, email }: ProvenIdentity, request: Request, response: Response): void {
    this.cookies.hand(LINK, { issuer, subject, email }, request, response);
  }

  /** Called in the transaction that signs the user in, by whatever proved who they are. */
  async settle(user: User, request: Request, response: Response): Promise<void> {
    const pending = this.cookies.take<PendingLink>(LINK, request, response);
    if (pending === null || pending.email.toLowerCase() !== user.email.toLowerCase()) return;
    const { issuer, subject } = pending;
    if ((await this.identities.has(user.id, issuer)) || (await this.identities.find(issuer, subject))) return;
    await this.identities.put({ userId: user.id, issuer, subject, roleFromClaim: false });
    await this.audit.record({
      ...{ action: 'user.link_identity', targetType: 'user', targetId: user.id, targetName: user.email },
      after: { issuer, subject },
    });
  }
}
