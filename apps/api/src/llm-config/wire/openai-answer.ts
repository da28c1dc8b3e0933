import { AnswerUnusable, ErrorFrame, type Answer } from './answer.js';
import { saidIn } from './fault-classifier.js';
import type { ModelDelta, ModelRequest, ModelUsage } from './model-wire.js';
import type { OpenAiDelta, OpenAiFrame, OpenAiUsage } from './openai-frame.js';
import { estimateUsage } from './token-estimate.js';
import { ToolCallPieces } from './tool-call-pieces.js';

type FinishReason = Extract<ModelDelta, { type: 'finish' }>['reason'];

const FINISH: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  length: 'length',
  model_context_window_exceeded: 'length',
  content_filter: 'content_filter',
  sensitive: 'content_filter',
};

/** Reads an answer of the OpenAI wire. */
export class OpenAiAnswer implements Answer {
  private readonly calls = new ToolCallPieces();
  private text = '';
  private reasoning = '';
  private usage: ModelUsage | undefined;
  private finish: string | undefined;

  constructor(private readonly request: ModelRequest) {}

  get isFinished(): boolean {
    return this.finish !== undefined;
  }

  read(value: unknown, deltas: ModelDelta[]): void {
    if (typeof value !== 'object' || value === null) return;
    const frame = value as OpenAiFrame;
    const choice = frame.choices?.[0];
    if (frame.error || (!frame.choices && isFlatError(frame))) throw new ErrorFrame(saidIn(frame));
    this.usage = usageOf(frame.usage) ?? usageOf(choice?.usage) ?? this.usage;
    if (!choice) return;
    if (choice.delta) this.readDelta(choice.delta, deltas);
    if (choice.finish_reason) this.finish = choice.finish_reason;
  }

  end(deltas: ModelDelta[]): void {
    const reason = this.reasonOf();
    deltas.push({ type: 'usage', usage: this.usage ?? this.estimate() }, { type: 'finish', reason });
  }

  private readDelta(delta: OpenAiDelta, deltas: ModelDelta[]): void {
    const reasoning = delta.reasoning_content || delta.reasoning;
    if (reasoning) {
      this.reasoning += reasoning;
      deltas.push({ type: 'reasoning', text: reasoning });
    }
    const text = delta.content || delta.refusal;
    if (text) {
      this.text += text;
      deltas.push({ type: 'text', text });
    }
    if (delta.tool_calls) for (const piece of delta.tool_calls) deltas.push(this.calls.read(piece));
  }

  private reasonOf(): FinishReason {
    if (this.finish === undefined) throw new AnswerUnusable('cut_off', 'the stream ended without saying why');
    if (this.finish === 'insufficient_system_resource') throw new AnswerUnusable('overloaded', this.finish);
    if (this.finish === 'network_error') throw new AnswerUnusable('server', this.finish);
    const reason = FINISH[this.finish] ?? 'stop';
    if (this.calls.count > 0) {
      if (reason === 'length') throw new AnswerUnusable('truncated_tool_call', 'a tool call was cut off');
      return reason === 'content_filter' ? reason : 'tool_calls';
    }
    // No token at all is an answer; thoughts that lead to none are not.
    if (this.text === '' && this.reasoning !== '' && (reason === 'stop' || reason === 'tool_calls')) {
      throw new AnswerUnusable('empty_answer', 'nothing was said');
    }
    return reason;
  }

  private estimate(): ModelUsage {
    return estimateUsage(this.request, this.text + this.calls.text, this.reasoning);
  }
}

/** An error that some gateways send without an `error` key. */
function isFlatError(frame: OpenAiFrame): boolean {
  return [frame.code, frame.error_code, frame.error_msg].some((part) => part !== undefined && part !== null);
}

function usageOf(usage: OpenAiUsage | null | undefined): ModelUsage | undefined {
  if (!usage || typeof usage.prompt_tokens !== 'number') return undefined;
  return {
    promptTokens: usage.prompt_tokens,
    completionTokens: usage.completion_tokens ?? 0,
    cachedTokens:
      usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens ?? 0,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    estimated: false,
  };
}
