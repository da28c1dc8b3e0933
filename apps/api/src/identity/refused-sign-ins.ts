import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log.js';

const GATHERED_MS = 60_000;
const MOST_NAMES = 10;
const MOST_SOURCES = 1000;

interface Gathered {
  attempts: number;
  readonly accounts: Set<string>;
  readonly timer: NodeJS.Timeout;
}

/** Writes refused sign-ins down: the first of an address at once, those of the next minute as one entry. */
@Injectable()
export class RefusedSignIns implements BeforeApplicationShutdown {
  private readonly gathered = new Map<string, Gathered>();

  constructor(private readonly audit: AuditLog) {}

  async record(email: string, userId: string | null, address: string): Promise<void> {
    const open = this.gathered.get(address);
    if (open) {
      open.attempts += 1;
      if (open.accounts.size < MOST_NAMES) open.accounts.add(email);
      return;
    }
    if (this.gathered.size < MOST_SOURCES) this.open(address);
    await this.audit.record({ ...ENTRY, targetId: userId, targetName: email });
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const address of [...this.gathered.keys()]) await this.close(address);
  }

  private open(address: string): void {
    const timer = setTimeout(() => void this.close(address).catch(() => undefined), GATHERED_MS).unref();
    this.gathered.set(address, { attempts: 0, accounts: new Set(), timer });
  }

  private async close(address: string): Promise<void> {
    const open = this.gathered.get(address);
    this.gathered.delete(address);
    if (!open) return;
    clearTimeout(open.timer);
    if (open.attempts === 0) return;
    const after = { attempts: open.attempts, accounts: [...open.accounts], address };
    await this.audit.record({ ...ENTRY, targetId: null, targetName: null, after });
  }
}

const ENTRY = { action: 'auth.sign_in', targetType: 'user', refused: true } as const;
