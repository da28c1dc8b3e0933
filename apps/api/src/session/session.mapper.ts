import type { FeedbackDto, MessageDto, SessionDto, StepDto } from '@opsagent/contracts';
import type { AgentStep } from './agent-step.entity.js';
import { toMessageError, toTotalPrice, toUsage } from './message-columns.js';
import type { MessageInLine } from './message.repository.js';
import type { Session } from './session.entity.js';
import { toUsageDto } from './usage.mapper.js';

/** A session in the wire's names. */
export function toSessionDto(session: Session, activeRunId?: string, excerpt?: string): SessionDto {
  return {
    session_id: session.id,
    user_id: session.userId,
    session_name: session.name,
    llm_config_id: session.llmConfigId,
    tools: session.tools,
    channel: session.channel,
    active_run_id: activeRunId ?? null,
    pinned_at: session.pinnedAt?.toISOString() ?? null,
    archived_at: session.archivedAt?.toISOString() ?? null,
    excerpt: excerpt ?? null,
    created_at: session.createdAt.toISOString(),
    updated_at: session.updatedAt.toISOString(),
    expires_at: null,
  };
}

/** A turn in the wire's names. */
export function toMessageDto(
  { message, steps, parentId, versions }: MessageInLine,
  feedback?: FeedbackDto,
): MessageDto {
  const usage = toUsage(message);
  return {
    message_id: message.id,
    session_id: message.sessionId,
    run_id: message.runId,
    parent_id: parentId,
    versions: [...versions],
    query: message.query,
    answer: message.answer,
    reasoning: message.reasoning,
    status: message.status,
    error: toMessageError(message),
    llm_config_id: message.llmConfigId,
    model_name: message.modelName,
    usage: usage && toUsageDto(usage),
    first_token_ms: message.firstTokenMs,
    total_ms: message.totalMs,
    total_price: toTotalPrice(message),
    currency: message.currency,
    feedback: feedback ?? null,
    steps: steps.map(toStepDto),
    created_at: message.createdAt.toISOString(),
    finished_at: message.finishedAt?.toISOString() ?? null,
  };
}

function toStepDto(step: AgentStep): StepDto {
  return {
    step_id: step.id,
    position: step.position,
    round: step.round,
    thought: step.thought,
    tool: step.tool,
    label: step.label,
    input: step.input,
    observation: step.observation,
    artifact_id: step.artifactId,
    risk: step.risk,
    state: step.state,
    started_at: step.startedAt.toISOString(),
    finished_at: step.finishedAt?.toISOString() ?? null,
  };
}
