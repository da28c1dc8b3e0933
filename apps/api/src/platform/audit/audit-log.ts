import type { AuditAction } from '@opsagent/contracts';

/** One change, refusal or use of a secret. `before` and `after` hold wire names; a secret field is the word "changed". */
export interface AuditEntry {
  action: AuditAction;
  targetType: string;
  targetId: string | null;
  targetName: string | null;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  refused?: boolean;
}

/** Where changes are written down, by the current actor. */
export abstract class AuditLog {
  /** Adds an entry; called inside the transaction of the change it tells of. */
  abstract record(entry: AuditEntry): Promise<void>;
}
