import type { UsableModel } from '../chat-models.js';
import type { ModelDelta, ModelUsage, ToolCall } from './model-wire.js';

/** A model's whole answer, folded from its deltas. */
export class FoldedAnswer {
  text = '';
  reasoning = '';
  readonly toolCalls: ToolCall[] = [];
  usage: ModelUsage | undefined;
  /** Where it is not the model that was asked first. */
  answeredBy: UsableModel | undefined;
  finish: Extract<ModelDelta, { type: 'finish' }>['reason'] | undefined;

  add(deltas: readonly ModelDelta[]): void {
    for (const delta of deltas) this.addOne(delta);
  }

  private addOne(delta: ModelDelta): void {
    if (delta.type === 'text') this.text += delta.text;
    else if (delta.type === 'reasoning') this.reasoning += delta.text;
    else if (delta.type === 'usage') this.usage = delta.usage;
    else if (delta.type === 'finish') this.finish = delta.reason;
    else if (delta.type === 'model_changed') this.answeredBy = delta.model;
    else this.addPiece(delta);
  }

  private addPiece({ index, id, name, arguments: text }: Extract<ModelDelta, { type: 'tool_call' }>): void {
    const call = (this.toolCalls[index] ??= { id: '', name: '', arguments: '' });
    call.id ||= id ?? '';
    call.name ||= name ?? '';
    call.arguments += text;
  }
}
