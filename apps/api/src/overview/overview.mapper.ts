import type { RecentChangeDto } from '@opsagent/contracts';
import type { RecentChange } from '../audit/audit.repository.js';

/** A change in the wire's names. */
export function toRecentChangeDto({
  seq,
  action,
  targetName,
  actorKind,
  actorName,
  at,
}: RecentChange): RecentChangeDto {
  return {
    id: seq,
    action,
    target_name: targetName,
    actor_name: actorKind === 'system' ? null : actorName,
    at: at.toISOString(),
  };
}
