import { Injectable } from '@nestjs/common';
import type { LoginDto } from '@opsagent/contracts';
import type { Request, Response } from 'express';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { hashOf, newSecret } from './credential.js';
import { WrongCredentials } from './identity.errors.js';
import { KnownCredentials } from './known-credentials.js';
import { PasswordSignIn } from './password-sign-in.js';
import { isPassword } from './password.js';
import { PendingLinks } from './oidc/pending-links.js';
import { RefusedSignIns } from './refused-sign-ins.js';
import { clearCookie, readCookie, requireOwnOrigin, setCookie } from './sign-in-cookie.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInRepository } from './sign-in.repository.js';
import { SecondFactor } from './two-factor/second-factor.js';
import { WrongSecondFactor } from './two-factor/two-factor.errors.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** A sign-in lasts 30 days from its last use. */
export const SIGN_IN_MS = 30 * 24 * 60 * 60 * 1000;

/** Signs browsers in and out. */
@Injectable()
export class SignInService {
  constructor(
    private readonly users: UserRepository,
    private readonly signIns: SignInRepository,
    private readonly passwords: PasswordSignIn,
    private readonly secondFactor: SecondFactor,
    private readonly limits: SignInLimits,
    private readonly refused: RefusedSignIns,
    private readonly known: KnownCredentials,
    private readonly actor: CurrentActor,
    private readonly audit: AuditLog,
    private readonly links: PendingLinks,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws WrongCredentials, the same for an unknown address and a wrong password; SecondFactorNeeded and WrongSecondFactor for
   * a right one; TooManySignIns; CrossSite; PasswordSignInOff.
   */
  async signIn(input: LoginDto, request: Request, response: Response): Promise<User> {
    requireOwnOrigin(request);
    this.passwords.require();
    const [email, address] = [input.email.trim(), request.ip ?? ''];
    await this.limits.take(email, address);
    const user = await this.users.findByEmail(email);
    const isRight = await isPassword(input.password, user?.isActive ? user.passwordHash : null);
    if (!user || !isRight) {
      await this.refused.record(email, user?.id ?? null, address);
      throw new WrongCredentials();
    }
    try {
      await this.openProved(user, input.code, request, response);
    } catch (error) {
      if (error instanceof WrongSecondFactor || error instanceof WrongCredentials)
        await this.refused.record(email, user.id, address);
      throw error;
    }
    await this.limits.clear(email, address);
    return user;
  }

  /** Once the second factor is given, where there is one. All of the user may have changed since the password was looked at. */
  private async openProved(user: User, code: string | undefined, request: Request, response: Response): Promise<void> {
    if (code !== undefined) await this.limits.takeCode(user.id);
    await this.database.transaction(async () => {
      const now = await this.users.locked(user.id);
      if (!now?.isActive || now.passwordHash !== user.passwordHash) throw new WrongCredentials();
      await this.secondFactor.require(user, code);
      await this.open(user, request, response);
    });
    if (code !== undefined) await this.limits.clearCodes(user.id);
  }

  /** Hands the browser a new sign-in of this user. @param by what vouched for them, where it was no secret of ours */
  async open(user: User, request: Request, response: Response, by?: { issuer: string }): Promise<void> {
    const secret = newSecret();
    await this.database.transaction(async () => {
      await this.signIns.add({
        userId: user.id,
        tokenHash: hashOf(secret),
        expiresAt: new Date(this.clock.now().getTime() + SIGN_IN_MS),
        userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
        address: request.ip ?? null,
      });
      await this.signIns.removeExpired();
      await this.audit.record({
        action: 'auth.sign_in',
        targetType: 'user',
        targetId: user.id,
        targetName: user.email,
        ...(by && { after: by }),
      });
      await this.links.settle(user, request, response);
    });
    setCookie(request, response, secret, SIGN_IN_MS);
  }

  /** Ends this browser's sign-in, if it has one. */
  async signOut(request: Request, response: Response): Promise<void> {
    const cookie = readCookie(request);
    clearCookie(request, response);
    if (cookie === null) return;
    const hash = hashOf(cookie);
    const user = this.actor.user();
    await this.database.transaction(async () => {
      await this.signIns.remove(hash);
      await this.audit.record({
        action: 'auth.sign_out',
        targetType: 'user',
        targetId: user.userId,
        targetName: user.email,
      });
    });
    await this.known.end('sign_in', hash);
  }
}
