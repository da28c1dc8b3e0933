import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { SealedColumns } from '../../platform/secrets/sealed-columns.js';
import { SecretBox, SecretUnreadable } from '../../platform/secrets/secret-box.js';
import type { User } from '../user.entity.js';
import { hashOfRecoveryCode, plain } from './recovery-codes.js';
import { stepOfCode } from './totp.js';
import { SecondFactorNeeded, WrongSecondFactor } from './two-factor.errors.js';
import { TwoFactorRepository } from './two-factor.repository.js';
import type { UserTotp } from './user-totp.entity.js';

const PLACE = { table: 'user_totp', column: 'secret' } as const;

/** Looks at codes, and uses them up. The only place that sees the secrets behind them. */
@Injectable()
export class SecondFactor {
  private readonly logger = new Logger(SecondFactor.name);

  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly box: SecretBox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    columns: SealedColumns,
  ) {
    columns.register({ ...PLACE, key: 'user_id', row: 'user_id', place: PLACE });
  }

  isOn(userId: string): Promise<boolean> {
    return this.factors.isOn(userId);
  }

  /** The secret as it is stored. */
  sealed(userId: string, secret: string): string {
    return this.box.seal(secret, { ...PLACE, row: userId });
  }

  /**
   * Lets a user whose password was right sign in. In a transaction that has locked the user: of two uses of one code the
   * second finds it used.
   * @throws SecondFactorNeeded without a code where one is asked for; WrongSecondFactor
   */
  async require(user: Pick<User, 'id' | 'email'>, code: string | undefined): Promise<void> {
    const totp = await this.factors.find(user.id);
    if (!totp?.confirmedAt) return;
    if (code === undefined) throw new SecondFactorNeeded();
    if (!(await this.use(totp, user, code))) throw new WrongSecondFactor();
  }

  /** Uses a code up, the app's or a recovery code. @returns false for one that does not hold */
  async use(totp: UserTotp, user: Pick<User, 'id' | 'email'>, code: string): Promise<boolean> {
    if (/^\d{6}$/.test(plain(code))) return this.useStep(totp, plain(code));
    if (!(await this.factors.takeCode(user.id, hashOfRecoveryCode(user.id, code)))) return false;
    const left = await this.factors.countCodes(user.id);
    const target = { targetType: 'user', targetId: user.id, targetName: user.email };
    await this.audit.record({ action: 'user.use_recovery_code', ...target, after: { recovery_codes_left: left } });
    return true;
  }

  private async useStep(totp: UserTotp, code: string): Promise<boolean> {
    const secret = this.secretOf(totp);
    const step = secret === null ? null : stepOfCode(secret, code, this.clock.now());
    if (step === null || (totp.lastStep !== null && step <= totp.lastStep)) return false;
    await this.factors.setLastStep(totp.userId, step);
    return true;
  }

  private secretOf({ userId, secret }: UserTotp): string | null {
    try {
      return this.box.open(secret, { ...PLACE, row: userId });
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      this.logger.warn(`The second factor of user ${userId} cannot be read with the present master key`);
      return null;
    }
  }
}
