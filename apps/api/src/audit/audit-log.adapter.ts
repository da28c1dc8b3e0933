import { Injectable } from '@nestjs/common';
import { type Actor, CurrentActor } from '../platform/actor/current-actor.js';
import { RequestContexts } from '../platform/actor/request-context.js';
import { type AuditEntry, AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { hashOfEntry, type HashedEntry, isVouchedFor, macOfHead } from './audit-chain.js';
import type { AuditLogEntry } from './audit-entry.entity.js';
import { AuditKey } from './audit-key.js';
import { AuditRepository } from './audit.repository.js';

type Who = Pick<AuditLogEntry, 'actorKind' | 'actorId' | 'actorName' | 'credential' | 'address'>;
type NewEntry = Omit<HashedEntry, 'seq'>;

/** Adds entries to the chain, as the last statements of the transaction that is running: the chain is locked but shortly. */
@Injectable()
export class StoredAuditLog extends AuditLog {
  constructor(
    private readonly entries: AuditRepository,
    private readonly key: AuditKey,
    private readonly database: Database,
    private readonly actor: CurrentActor,
    private readonly contexts: RequestContexts,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async record({ before, after, refused = false, ...entry }: AuditEntry): Promise<void> {
    const requestId = this.contexts.current()?.id ?? null;
    const at = this.clock.now();
    const added: NewEntry = {
      ...entry,
      ...this.who(),
      at,
      requestId,
      before: before ?? null,
      after: after ?? null,
      refused,
    };
    await this.database.atEnd(added, this.append);
  }

  private readonly append = async (added: readonly NewEntry[]): Promise<void> => {
    const key = await this.key.get();
    const head = await this.entries.lockedHead();
    let { seq, hash } = head;
    const entries = added.map((entry): AuditLogEntry => {
      seq = String(BigInt(seq) + 1n);
      hash = hashOfEntry(key, hash, { ...entry, seq });
      return { ...entry, seq, hash };
    });
    await this.entries.add(entries);
    // A head that somebody else moved is not vouched for again: the next entry would hide what is missing.
    const mac = isVouchedFor(key, head) ? macOfHead(key, seq, hash) : head.mac;
    await this.entries.moveHead(seq, hash, mac);
  };

  private who(): Who {
    const context = this.contexts.current();
    const address = context?.address ?? null;
    if (context && !context.actor) return { ...NOBODY, actorKind: 'anonymous', address };
    return whoIs(this.actor.get(), address);
  }
}

const NOBODY = { actorId: null, actorName: null, credential: null, address: null };

function whoIs(actor: Actor, address: string | null): Who {
  if (actor.kind === 'system') return { ...NOBODY, actorKind: 'system', actorName: actor.name };
  const actorId = actor.kind === 'user' ? actor.userId : actor.appId;
  const credential = actor.kind === 'user' ? actor.credential : 'app_key';
  return { actorKind: actor.kind, actorId, actorName: actor.name, credential, address: actor.address ?? address };
}
