import { Injectable } from '@nestjs/common';
import type {
  AcceptInvitationDto,
  AuditAction,
  ChangePasswordDto,
  SignInListDto,
  UpdateMeDto,
} from '@opsagent/contracts';
import type { Request, Response } from 'express';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { hashOf } from './credential.js';
import { InvitationInvalid, SignInNotFound, WrongPassword } from './identity.errors.js';
import { FirstAdmin } from './first-admin.js';
import { InvitationRepository } from './invitation.repository.js';
import { KnownCredentials } from './known-credentials.js';
import { PasswordSignIn } from './password-sign-in.js';
import { hashPassword, isPassword } from './password.js';
import { currentSignIn, requireOwnOrigin } from './sign-in-cookie.js';
import { SignInRepository } from './sign-in.repository.js';
import { SignInService } from './sign-in.service.js';
import { SecondFactor } from './two-factor/second-factor.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** What users do with their own account: password and sign-ins. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly users: UserRepository,
    private readonly signIns: SignInRepository,
    private readonly invitations: InvitationRepository,
    private readonly browsers: SignInService,
    private readonly passwords: PasswordSignIn,
    private readonly secondFactor: SecondFactor,
    private readonly firstAdmin: FirstAdmin,
    private readonly known: KnownCredentials,
    private readonly actor: CurrentActor,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async listSignIns(request: Request): Promise<SignInListDto> {
    const current = this.currentHash(request);
    const signIns = await this.signIns.listOf(this.actor.user().userId, this.clock.now());
    const items = signIns.map(({ id, userAgent, address, createdAt, expiresAt, tokenHash }) => ({
      ...{ id, user_agent: userAgent, address },
      created_at: createdAt.toISOString(),
      expires_at: expiresAt.toISOString(),
      is_current: current?.equals(tokenHash) ?? false,
    }));
    return { items, total: items.length };
  }

  /** Ends one sign-in. @throws SignInNotFound */
  async endSignIn(id: string): Promise<void> {
    const { userId } = this.actor.user();
    await this.database.transaction(async () => {
      if (!(await this.signIns.removeOf(userId, id))) throw new SignInNotFound();
      await this.record('auth.end_sign_in');
    });
    await this.known.changed(userId);
  }

  /** Ends every sign-in but the one that asks. */
  async endOtherSignIns(request: Request): Promise<void> {
    const { userId } = this.actor.user();
    await this.database.transaction(async () => {
      await this.signIns.removeAllOf(userId, this.currentHash(request));
      await this.record('auth.end_other_sign_ins');
    });
    await this.known.changed(userId);
  }

  async update({ name: given }: UpdateMeDto): Promise<void> {
    const { userId } = this.actor.user();
    const name = given?.trim() ?? given;
    await this.database.transaction(async () => {
      const user = await this.users.locked(userId);
      if (!user || name === undefined || name === user.name) return;
      await this.users.change(userId, { name });
      const change = { before: { name: user.name }, after: { name } };
      await this.audit.record({ action: 'user.update', ...targetOf(user), ...change });
    });
    this.firstAdmin.forget();
    await this.known.changed(userId);
  }

  /** The other sign-ins end. @throws WrongPassword, PasswordSignInOff */
  async changePassword({ current_password, password }: ChangePasswordDto, request: Request): Promise<void> {
    this.passwords.require();
    const { userId } = this.actor.user();
    const user = await this.users.getById(userId);
    if (!(await isPassword(current_password, user.passwordHash))) {
      await this.record('user.change_password', true);
      throw new WrongPassword();
    }
    const passwordHash = await hashPassword(password);
    await this.database.transaction(async () => {
      // Of two changes that start from the same password one comes too late.
      if ((await this.users.locked(userId))?.passwordHash !== user.passwordHash) throw new WrongPassword();
      await this.users.setPassword(userId, passwordHash);
      await this.signIns.removeAllOf(userId, this.currentHash(request));
      await this.record('user.change_password');
    });
    await this.known.changed(userId);
  }

  /**
   * Gives the invited user the password, ends what was signed in before, and signs this browser in; an account with a second
   * factor is signed in with that. @throws InvitationInvalid, PasswordSignInOff
   */
  async accept(
    { invitation, password, name }: AcceptInvitationDto,
    request: Request,
    response: Response,
  ): Promise<User> {
    requireOwnOrigin(request);
    this.passwords.require();
    const passwordHash = await hashPassword(password);
    const given = name?.trim();
    const user = await this.database.transaction(async () => {
      const id = await this.invitations.take(hashOf(invitation), this.clock.now());
      const invited = id === null ? null : await this.users.locked(id);
      if (!invited?.isActive) throw new InvitationInvalid();
      await this.users.setPassword(invited.id, passwordHash);
      if (given !== undefined) await this.users.change(invited.id, { name: given });
      await this.signIns.removeAllOf(invited.id);
      const after = given === undefined ? {} : { after: { name: given } };
      await this.audit.record({ action: 'user.accept_invitation', ...targetOf(invited), ...after });
      return { ...invited, name: given ?? invited.name };
    });
    await this.known.changed(user.id);
    if (!(await this.secondFactor.isOn(user.id))) await this.browsers.open(user, request, response);
    return user;
  }

  private currentHash(request: Request): Buffer | null {
    return currentSignIn(this.actor.user(), request);
  }

  private record(action: AuditAction, refused = false): Promise<void> {
    const { userId: id, email } = this.actor.user();
    return this.audit.record({ action, ...targetOf({ id, email }), refused });
  }
}

function targetOf({ id, email }: Pick<User, 'id' | 'email'>) {
  return { targetType: 'user', targetId: id, targetName: email };
}
