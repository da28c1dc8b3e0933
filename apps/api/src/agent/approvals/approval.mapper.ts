import type { ApprovalDto, AuditAction } from '@opsagent/contracts';
import type { AuditEntry } from '../../platform/audit/audit-log.js';
import type { Approval } from './approval.entity.js';

/** A request in the wire's names. */
export function toApprovalDto(approval: Approval, canDecide: boolean): ApprovalDto {
  return {
    id: approval.id,
    run_id: approval.runId,
    message_id: approval.messageId,
    session_id: approval.sessionId,
    step_id: approval.stepId,
    tool: approval.tool,
    label: approval.label,
    arguments: approval.arguments,
    original_arguments: approval.originalArguments,
    arguments_hash: approval.argumentsHash,
    target: approval.target,
    environment: approval.environment,
    risk: approval.risk,
    summary: approval.summary,
    preview: approval.preview,
    rollback: approval.rollback,
    reason: approval.reason,
    requested_by_id: approval.requestedById,
    requested_by: approval.requestedBy,
    state: approval.state,
    outcome: approval.outcome,
    can_decide: canDecide,
    created_at: approval.createdAt.toISOString(),
    expires_at: approval.expiresAt.toISOString(),
    decided_by: approval.decidedBy,
    decided_at: approval.decidedAt?.toISOString() ?? null,
    decision_reason: approval.decisionReason,
    acknowledged_by: approval.acknowledgedBy,
    acknowledged_at: approval.acknowledgedAt?.toISOString() ?? null,
    acknowledge_note: approval.acknowledgeNote,
  };
}

/** What the audit log is told of a request; the whole arguments stand in the request itself. */
export function entryOf(
  action: Extract<AuditAction, `approval.${string}`>,
  approval: Approval,
  more: Record<string, unknown> = {},
): AuditEntry {
  const { id, tool, target, summary, argumentsHash, runId, stepId } = approval;
  const facts = { tool, target, summary, arguments_hash: argumentsHash, run_id: runId, step_id: stepId };
  return { action, targetType: 'approval', targetId: id, targetName: summary, after: { ...facts, ...more } };
}
