import { createHmac } from 'node:crypto';
import type { AuditLogEntry } from './audit-entry.entity.js';
import type { AuditHead } from './audit-head.entity.js';

/** An entry as its hash is made of it. */
export type HashedEntry = Omit<AuditLogEntry, 'hash'>;

/** The hash of an entry: over the one before and everything it says, in an order that storage does not change. */
export function hashOfEntry(key: Buffer, before: Buffer, entry: HashedEntry): Buffer {
  return createHmac('sha256', key)
    .update(before)
    .update(JSON.stringify(inOrder({ ...entry, at: entry.at.getTime() })))
    .digest();
}

/** What vouches for the head: which entry is the last. */
export function macOfHead(key: Buffer, seq: string, hash: Buffer): Buffer {
  return createHmac('sha256', key).update(`head ${seq} `).update(hash).digest();
}

/** Whether the head is as it was written by whoever has the key. */
export function isVouchedFor(key: Buffer, { seq, hash, mac }: Pick<AuditHead, 'seq' | 'hash' | 'mac'>): boolean {
  return mac !== null && mac.equals(macOfHead(key, seq, hash));
}

/** The same value with the names of every object sorted; `jsonb` keeps no order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, inner]) => [name, inOrder(inner)]),
  );
}
