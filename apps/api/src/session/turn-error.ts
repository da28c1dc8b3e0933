import { OutcomeUnknown } from '../agent/approvals/approval.errors.js';
import { UpstreamFailed } from '../llm-config/wire/model-wire.js';
import { DomainError } from '../platform/errors/domain-error.js';
import type { TurnError } from './chat-turn.js';
import { RunInterrupted } from './runs.js';

/** A failed turn in words a user may read; what is unexpected gives nothing away. */
export function toTurnError(reason: unknown): TurnError {
  if (reason instanceof UpstreamFailed) return { kind: reason.fault, code: reason.code, detail: reason.message };
  if (reason instanceof RunInterrupted)
    return { kind: 'interrupted', code: 'session/interrupted', detail: `${reason.message} Ask again.` };
  if (reason instanceof OutcomeUnknown) return { kind: 'interrupted', code: reason.code, detail: reason.message };
  if (reason instanceof DomainError) {
    const kind = reason.kind === 'unavailable' ? 'internal' : 'not_usable';
    return { kind, code: reason.code, detail: reason.message };
  }
  return {
    kind: 'internal',
    code: 'internal/unexpected',
    detail: 'Something went wrong in OpsAgent itself. Try again.',
  };
}
