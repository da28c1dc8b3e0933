import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { RecoveryCode } from './recovery-code.entity.js';
import { UserTotp } from './user-totp.entity.js';

/** Second factors in the tables. Whoever changes one has locked its user first. */
@Injectable()
export class TwoFactorRepository {
  constructor(private readonly database: Database) {}

  find(userId: string): Promise<UserTotp | null> {
    return this.totps().findOneBy({ userId });
  }

  isOn(userId: string): Promise<boolean> {
    return this.totps().existsBy({ userId, confirmedAt: Not(IsNull()) });
  }

  /** In the place of one that was never confirmed. */
  async put(userId: string, secret: string): Promise<void> {
    await this.totps().upsert({ userId, secret, lastStep: null }, ['userId']);
  }

  async confirm(userId: string, confirmedAt: Date): Promise<void> {
    await this.totps().update({ userId }, { confirmedAt });
  }

  async setLastStep(userId: string, lastStep: number): Promise<void> {
    await this.totps().update({ userId }, { lastStep });
  }

  /** With its recovery codes. @returns whether there was one */
  async remove(userId: string): Promise<boolean> {
    const { affected } = await this.totps().delete({ userId });
    return affected === 1;
  }

  async replaceCodes(userId: string, hashes: readonly Buffer[]): Promise<void> {
    await this.codes().delete({ userId });
    await this.codes().insert(hashes.map((codeHash) => ({ userId, codeHash })));
  }

  /** @returns whether there was such a code */
  async takeCode(userId: string, codeHash: Buffer): Promise<boolean> {
    const { affected } = await this.codes().delete({ userId, codeHash });
    return affected === 1;
  }

  countCodes(userId: string): Promise<number> {
    return this.codes().countBy({ userId });
  }

  private totps() {
    return this.database.repositoryOf(UserTotp);
  }

  private codes() {
    return this.database.repositoryOf(RecoveryCode);
  }
}
