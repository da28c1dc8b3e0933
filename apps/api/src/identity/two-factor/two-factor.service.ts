import { Injectable } from '@nestjs/common';
import type { AuditAction, RecoveryCodesDto, RemoveTotpDto, TotpSecretDto, TotpStateDto } from '@opsagent/contracts';
import type { Request } from 'express';
import { CurrentActor } from '../../platform/actor/current-actor.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Environment } from '../../platform/config/environment.js';
import { Database } from '../../platform/database/database.js';
import { UserNotFound, WrongPassword } from '../identity.errors.js';
import { KnownCredentials } from '../known-credentials.js';
import { isPassword } from '../password.js';
import { currentSignIn } from '../sign-in-cookie.js';
import { SignInLimits } from '../sign-in-limits.js';
import { SignInRepository } from '../sign-in.repository.js';
import type { User } from '../user.entity.js';
import { UserRepository } from '../user.repository.js';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { SecondFactor } from './second-factor.js';
import { newTotpSecret, totpUri } from './totp.js';
import { TotpOff, TotpOn, WrongCode } from './two-factor.errors.js';
import { TwoFactorRepository } from './two-factor.repository.js';

/** Sets the second factor of one's own account up and takes it away again; administrators take away that of others. */
@Injectable()
export class TwoFactorService {
  constructor(
    private readonly factor: SecondFactor,
    private readonly factors: TwoFactorRepository,
    private readonly users: UserRepository,
    private readonly signIns: SignInRepository,
    private readonly limits: SignInLimits,
    private readonly known: KnownCredentials,
    private readonly actor: CurrentActor,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly environment: Environment,
  ) {}

  async state(): Promise<TotpStateDto> {
    const { userId } = this.actor.user();
    const since = (await this.factors.find(userId))?.confirmedAt ?? null;
    const left = since === null ? 0 : await this.factors.countCodes(userId);
    return { is_on: since !== null, since: since?.toISOString() ?? null, recovery_codes_left: left };
  }

  /** Makes a secret that counts once it is confirmed. @throws WrongPassword, TotpOn, TooManySignIns */
  async start(password: string): Promise<TotpSecretDto> {
    await this.requirePassword(password, 'user.start_totp');
    const secret = newTotpSecret();
    const { email } = await this.change('user.start_totp', async ({ id }) => {
      if (await this.factors.isOn(id)) throw new TotpOn();
      await this.factors.put(id, this.factor.sealed(id, secret));
    });
    const { OPSAGENT_ENVIRONMENT: label } = this.environment;
    return { uri: totpUri(secret, label === undefined ? 'OpsAgent' : `OpsAgent ${label}`, email), secret };
  }

  /** Switches it on, and ends every other sign-in. @throws TotpOn, TotpOff, WrongCode, TooManySignIns */
  async confirm(code: string, request: Request): Promise<RecoveryCodesDto> {
    const codes = newRecoveryCodes();
    await this.proved('user.enable_totp', async (user) => {
      const totp = await this.factors.find(user.id);
      if (!totp) throw new TotpOff();
      if (totp.confirmedAt) throw new TotpOn();
      if (!(await this.factor.use(totp, user, code))) throw new WrongCode();
      await this.factors.confirm(user.id, this.clock.now());
      await this.keep(user, codes);
      await this.signIns.removeAllOf(user.id, currentSignIn(this.actor.user(), request));
    });
    await this.known.changed(this.actor.user().userId);
    return { recovery_codes: codes };
  }

  /** New codes; earlier ones no longer hold. @throws TotpOff, WrongCode, TooManySignIns */
  async renewCodes(code: string): Promise<RecoveryCodesDto> {
    const codes = newRecoveryCodes();
    await this.proved('user.renew_recovery_codes', async (user) => {
      await this.useCode(user, code);
      await this.keep(user, codes);
    });
    return { recovery_codes: codes };
  }

  /** Switches it off. @throws WrongPassword, TotpOff, WrongCode, TooManySignIns */
  async remove({ current_password: password, code }: RemoveTotpDto): Promise<void> {
    await this.requirePassword(password, 'user.disable_totp');
    await this.proved('user.disable_totp', async (user) => {
      await this.useCode(user, code);
      await this.factors.remove(user.id);
    });
  }

  /** Lets a user who has lost app and codes sign in with the password alone. @throws UserNotFound, TotpOff */
  async reset(id: string): Promise<void> {
    await this.database.transaction(async () => {
      const user = await this.users.locked(id);
      if (!user) throw new UserNotFound();
      if (!(await this.factors.remove(id))) throw new TotpOff();
      await this.record('user.reset_totp', user);
    });
    await this.limits.clearCodes(id);
  }

  private async useCode(user: User, code: string): Promise<void> {
    const totp = await this.factors.find(user.id);
    if (!totp?.confirmedAt) throw new TotpOff();
    if (!(await this.factor.use(totp, user, code))) throw new WrongCode();
  }

  private keep({ id }: User, codes: readonly string[]): Promise<void> {
    return this.factors.replaceCodes(
      id,
      codes.map((code) => hashOfRecoveryCode(id, code)),
    );
  }

  private async requirePassword(password: string, action: AuditAction): Promise<void> {
    const { userId } = this.actor.user();
    await this.limits.takeCode(userId);
    const user = await this.users.getById(userId);
    if (await isPassword(password, user.passwordHash)) return;
    await this.record(action, user, true);
    throw new WrongPassword();
  }

  /** A change that a code proves: guesses are counted, and written down. */
  private async proved(action: AuditAction, work: (user: User) => Promise<void>): Promise<void> {
    const { userId } = this.actor.user();
    await this.limits.takeCode(userId);
    try {
      await this.change(action, work);
    } catch (error) {
      if (error instanceof WrongCode) await this.record(action, await this.users.getById(userId), true);
      throw error;
    }
    await this.limits.clearCodes(userId);
  }

  private change(action: AuditAction, work: (user: User) => Promise<void>): Promise<User> {
    return this.database.transaction(async () => {
      const user = await this.users.locked(this.actor.user().userId);
      if (!user) throw new UserNotFound();
      await work(user);
      await this.record(action, user);
      return user;
    });
  }

  private record(action: AuditAction, { id, email }: User, refused = false): Promise<void> {
    return this.audit.record({ action, targetType: 'user', targetId: id, targetName: email, refused });
  }
}
