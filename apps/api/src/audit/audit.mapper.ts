import type { AuditEntryDto } from '@opsagent/contracts';
import type { AuditLogEntry } from './audit-entry.entity.js';

/** An entry in the wire's names. */
export function toAuditEntryDto(entry: AuditLogEntry): AuditEntryDto {
  return {
    seq: entry.seq,
    at: entry.at.toISOString(),
    actor_kind: entry.actorKind,
    actor_id: entry.actorId,
    actor_name: entry.actorName,
    credential: entry.credential,
    address: entry.address,
    request_id: entry.requestId,
    action: entry.action,
    target_type: entry.targetType,
    target_id: entry.targetId,
    target_name: entry.targetName,
    before: entry.before,
    after: entry.after,
    refused: entry.refused,
  };
}
