import type { ChatEvent } from '@opsagent/contracts';
import type { AgentStep } from './agent-step.entity.js';
import type { Message } from './message.entity.js';
import { toMessageError, toTotalPrice, toUsage } from './message-columns.js';
import { toUsageDto } from './usage.mapper.js';

type Body = ChatEvent extends infer E
  ? E extends ChatEvent
    ? Omit<E, 'seq' | 'run_id' | 'message_id'>
    : never
  : never;

/** Whether nothing comes after this event. */
export function isLast(event: ChatEvent): boolean {
  return event.type === 'turn_finished' || event.type === 'turn_failed';
}

/** What a reader who has everything up to `seen` still has to hear of an ended turn; one who has nothing hears it all. */
export function eventsOfEnd({ message, steps }: { message: Message; steps: AgentStep[] }, seen: number): ChatEvent[] {
  const bodies = [...(seen === 0 ? wholeTurn(message, steps) : []), ...end(message)];
  return bodies.map((body, index) => ({
    ...body,
    seq: seen + 1 + index,
    run_id: message.runId,
    message_id: message.id,
  }));
}

function wholeTurn(message: Message, steps: AgentStep[]): Body[] {
  const { sessionId: session_id, llmConfigId: llm_config_id, modelName: model_name } = message;
  const bodies: Body[] = [{ type: 'turn_started', session_id, llm_config_id, model_name }];
  if (message.reasoning) bodies.push({ type: 'reasoning', delta: message.reasoning });
  let told = 0;
  for (const round of roundsOf(steps)) {
    const thought = round[0]?.thought ?? '';
    if (thought) bodies.push({ type: 'text', delta: thought });
    told += thought.length;
    bodies.push(...round.map(stepStarted), ...round.map(stepFinished));
  }
  const rest = message.answer.slice(told);
  if (rest) bodies.push({ type: 'text', delta: rest });
  return bodies;
}

function roundsOf(steps: AgentStep[]): AgentStep[][] {
  return [...Map.groupBy(steps, ({ round }) => round).values()];
}

function stepStarted({ id, position, round, tool, label, input, risk }: AgentStep): Body {
  return { type: 'step_started', step_id: id, position, round, tool, label, input, risk };
}

function stepFinished({ id, state, observation }: AgentStep): Body {
  return { type: 'step_finished', step_id: id, state, observation };
}

function end(message: Message): Body[] {
  const usage = toUsage(message);
  const error = toMessageError(message);
  const figures: Body[] = usage
    ? [
        {
          type: 'usage',
          usage: toUsageDto(usage),
          first_token_ms: message.firstTokenMs,
          total_ms: message.totalMs ?? 0,
          total_price: toTotalPrice(message),
          currency: message.currency,
        },
      ]
    : [];
  if (error) return [...figures, { type: 'turn_failed', ...error }];
  return [...figures, { type: 'turn_finished', status: message.status === 'stopped' ? 'stopped' : 'finished' }];
}
