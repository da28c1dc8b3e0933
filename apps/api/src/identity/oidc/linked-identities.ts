import { Injectable } from '@nestjs/common';
import type { UserIdentityDto, UserIdentityListDto } from '@opsagent/contracts';
import type { Request } from 'express';
import { CurrentActor } from '../../platform/actor/current-actor.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { UserNotFound } from '../identity.errors.js';
import { KnownCredentials } from '../known-credentials.js';
import { PasswordSignIn } from '../password-sign-in.js';
import { currentSignIn } from '../sign-in-cookie.js';
import { SignInRepository } from '../sign-in.repository.js';
import type { User } from '../user.entity.js';
import { UserRepository } from '../user.repository.js';
import { IdentityProvider } from './identity-provider.js';
import { NoIdentity, OnlyWayIn } from './oidc.errors.js';
import type { UserIdentity } from './user-identity.entity.js';
import { UserIdentityRepository } from './user-identity.repository.js';

/** The accounts at identity providers that sign users in: who has which, and how they are let go of. */
@Injectable()
export class LinkedIdentities {
  constructor(
    private readonly identities: UserIdentityRepository,
    private readonly provider: IdentityProvider,
    private readonly passwords: PasswordSignIn,
    private readonly users: UserRepository,
    private readonly signIns: SignInRepository,
    private readonly known: KnownCredentials,
    private readonly actor: CurrentActor,
    private readonly audit: AuditLog,
    private readonly database: Database,
  ) {}

  /** By user; those without any are left out. */
  async of(userIds: readonly string[]): Promise<Map<string, UserIdentityDto[]>> {
    const byUser = new Map<string, UserIdentityDto[]>();
    for (const identity of await this.identities.of(userIds))
      byUser.set(identity.userId, [...(byUser.get(identity.userId) ?? []), this.dtoOf(identity)]);
    return byUser;
  }

  async listOwn(): Promise<UserIdentityListDto> {
    const { userId } = this.actor.user();
    const items = (await this.of([userId])).get(userId) ?? [];
    return { items, total: items.length };
  }

  /** Signs every other browser out. @throws NoIdentity; OnlyWayIn for who could not sign in without */
  async unlinkOwn(request: Request): Promise<void> {
    const mustHave = (user: User): void => {
      if (user.passwordHash === null || !this.passwords.isOn) throw new OnlyWayIn();
    };
    await this.unlink(this.actor.user().userId, currentSignIn(this.actor.user(), request), mustHave);
  }

  /**
   * Signs the user out everywhere: the provider may have been what let somebody else in. One’s own account follows the rules of
   * `unlinkOwn`. @throws UserNotFound, NoIdentity, OnlyWayIn
   */
  unlinkOf(userId: string, request: Request): Promise<void> {
    if (userId === this.actor.user().userId) return this.unlinkOwn(request);
    return this.unlink(userId, null, () => undefined);
  }

  private async unlink(userId: string, but: Buffer | null, check: (user: User) => void): Promise<void> {
    await this.database.transaction(async () => {
      const user = await this.users.locked(userId);
      if (!user) throw new UserNotFound();
      const linked = await this.identities.of([userId]);
      if (linked.length === 0) throw new NoIdentity();
      check(user);
      await this.identities.removeAllOf(userId);
      await this.signIns.removeAllOf(userId, but);
      await this.audit.record({
        ...{ action: 'user.unlink_identity', targetType: 'user', targetId: user.id, targetName: user.email },
        before: { identities: linked.map(({ issuer, subject }) => ({ issuer, subject })) },
      });
    });
    await this.known.changed(userId);
  }

  private dtoOf({ issuer, createdAt }: UserIdentity): UserIdentityDto {
    const name = this.provider.isIssuer(issuer) ? this.provider.name : null;
    return { issuer, name, linked_at: createdAt.toISOString() };
  }
}
