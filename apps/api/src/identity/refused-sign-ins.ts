import { Injectable } from '@nestjs/common';
import { Refusals } from '../platform/audit/refusals.js';

/** Writes refused sign-ins down, gathered by address. */
@Injectable()
export class RefusedSignIns {
  constructor(private readonly refusals: Refusals) {}

  record(email: string, userId: string | null, address: string): Promise<void> {
    return this.refusals.record({
      action: 'auth.sign_in',
      targetType: 'user',
      targetId: userId,
      targetName: email,
      ...{ source: address, name: email, names: 'accounts', facts: { address } },
    });
  }
}
