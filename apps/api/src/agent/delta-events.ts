import type { ModelDelta } from '../llm-config/wire/model-wire.js';
import type { TurnEvent } from './agent-runner.js';

/** What of a model's deltas the reader of the turn is told as it comes; tool calls are told when they start. */
export function eventsOf(deltas: readonly ModelDelta[]): TurnEvent[] {
  const events: TurnEvent[] = [];
  for (const delta of deltas) {
    if (delta.type === 'text' || delta.type === 'reasoning') events.push({ type: delta.type, delta: delta.text });
    else if (delta.type === 'model_changed') events.push(delta);
    else if (delta.type === 'usage') events.push({ type: 'model_usage', usage: delta.usage });
  }
  return events;
}
