import { setImmediate as others } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { AuditFlawDto, AuditVerificationDto } from '@opsagent/contracts';
import { AuditLog } from '../platform/audit/audit-log.js';
import { hashOfEntry, isVouchedFor } from './audit-chain.js';
import type { AuditLogEntry } from './audit-entry.entity.js';
import type { AuditHead } from './audit-head.entity.js';
import { AuditKey } from './audit-key.js';
import { AuditRepository } from './audit.repository.js';

const AT_ONCE = 1000;

/** Reads the whole log and compares it with its hashes; entries that are added meanwhile are not looked at. */
@Injectable()
export class AuditVerification {
  private readonly logger = new Logger(AuditVerification.name);

  constructor(
    private readonly entries: AuditRepository,
    private readonly key: AuditKey,
    private readonly audit: AuditLog,
  ) {}

  /** That it was asked, and what came of it, stands in the log too. */
  async run(): Promise<AuditVerificationDto> {
    const result = await this.read();
    await this.tell(result);
    return result;
  }

  private async tell({ is_intact, entries, flaw }: AuditVerificationDto): Promise<void> {
    const target = { targetType: 'audit_log', targetId: null, targetName: null };
    try {
      await this.audit.record({ action: 'audit.verify', ...target, after: { is_intact, entries, flaw } });
    } catch (error) {
      // What somebody put behind the end keeps every further entry out; the answer says so.
      if (is_intact) throw error;
      this.logger.error(error);
    }
  }

  private async read(): Promise<AuditVerificationDto> {
    const [head, key] = [await this.entries.head(), await this.key.get()];
    const chain = new ChainReader(key, BigInt(head.seq));
    for (
      let after: string | null = null, some;
      (some = await this.entries.after(after, AT_ONCE)).length > 0;
      await others()
    ) {
      for (const entry of some) chain.read(entry);
      after = some.at(-1)?.seq ?? after;
      if (chain.flaw || BigInt(after ?? 0) >= BigInt(head.seq)) break;
    }
    const flaw = chain.flaw ?? chain.flawAtEnd(head) ?? (await this.flawBehind());
    return { is_intact: !flaw, entries: chain.count, unchained: chain.unchained, flaw, last_seq: head.seq };
  }

  /** Entries behind the end, put there by nobody who moved it. */
  private async flawBehind(): Promise<AuditFlawDto | null> {
    const seq = await this.entries.newest();
    const { seq: last } = await this.entries.head();
    return BigInt(seq) > BigInt(last) ? { seq, flaw: 'head' } : null;
  }
}

/** Follows the chain from one entry to the next. */
class ChainReader {
  count = 0;
  unchained = 0;
  flaw: AuditFlawDto | null = null;
  private seq = 0n;
  private hash: Buffer = Buffer.alloc(32);

  constructor(
    private readonly key: Buffer,
    private readonly last: bigint,
  ) {}

  read({ hash, ...entry }: AuditLogEntry): void {
    const seq = BigInt(entry.seq);
    if (this.flaw || seq > this.last) return;
    // The first that was ever given out is one.
    if (seq < 1n) return this.mark(seq, 'edited');
    if (hash === null && this.count === 0) return this.pass(seq);
    if (seq !== this.seq + 1n) return this.mark(this.seq + 1n, 'missing');
    const expected = hashOfEntry(this.key, this.hash, entry);
    if (!hash?.equals(expected)) return this.mark(seq, 'edited');
    this.count += 1;
    this.seq = seq;
    this.hash = expected;
  }

  /** Where the chain ends too early, or its head is not the one that was written. */
  flawAtEnd(head: AuditHead): AuditFlawDto | null {
    const { seq, hash } = head;
    if (this.seq < BigInt(seq)) return { seq: String(this.seq + 1n), flaw: 'missing' };
    return hash.equals(this.hash) && isVouchedFor(this.key, head) ? null : { seq, flaw: 'head' };
  }

  private pass(seq: bigint): void {
    this.unchained += 1;
    // Numbers given out before there was a chain have gaps.
    this.seq = seq;
  }

  private mark(seq: bigint, flaw: AuditFlawDto['flaw']): void {
    this.flaw = { seq: String(seq), flaw };
  }
}
