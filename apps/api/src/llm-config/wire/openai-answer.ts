import { AnswerUnusable, ErrorFrame, type Answer } from './answer.js';
import { saidIn } from './fault-classifier.js';
import type { ModelDelta, ModelRequest, ModelUsage } from './model-wire.js';
import type { OpenAiChoice, OpenAiDelta, OpenAiFrame, OpenAiUsage } from './openai-frame.js';
import { countIn, estimateUsage } from './token-estimate.js';
import { ToolCallPieces } from './tool-call-pieces.js';

type FinishReason = Extract<ModelDelta, { type: 'finish' }>['reason'];

const FINISH: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
  ['length', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['content_filter', 'content_filter'],
  ['sensitive', 'content_filter'],
] as const);

/** Reasons to end that are faults: DeepSeek's, Zhipu's, gateways', vLLM's. */
const BROKEN: ReadonlyMap<string, AnswerUnusable['fault']> = new Map([
  ['insufficient_system_resource', 'overloaded'],
  ['network_error', 'server'],
  ['error', 'server'],
  ['abort', 'cut_off'],
] as const);

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
    const choice = firstOf(frame);
    if (frame.error || (!choice && isFlatError(frame))) throw new ErrorFrame(saidIn(frame));
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
    const reasoning = textIn(delta.reasoning_content) || textIn(delta.reasoning);
    if (reasoning) {
      this.reasoning += reasoning;
      deltas.push({ type: 'reasoning', text: reasoning });
    }
    const text = textIn(delta.content) || textIn(delta.refusal);
    if (text) {
      this.text += text;
      deltas.push({ type: 'text', text });
    }
    if (delta.tool_calls) for (const piece of delta.tool_calls) deltas.push(this.calls.read(piece));
  }

  private reasonOf(): FinishReason {
    if (this.finish === undefined) throw new AnswerUnusable('cut_off', 'the stream ended without saying why');
    const broken = BROKEN.get(this.finish);
    if (broken) throw new AnswerUnusable(broken, this.finish);
    const reason = FINISH.get(this.finish) ?? 'stop';
    if (this.calls.count > 0) {
      if (reason === 'length') throw new AnswerUnusable('truncated_tool_call', 'a tool call was cut off');
      if (reason === 'content_filter') throw new AnswerUnusable('content_filter', 'a tool call was cut off');
      return 'tool_calls';
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

/** A piece of text, whole or in parts as some gateways write it. */
function textIn(written: unknown): string {
  if (typeof written === 'string') return written;
  if (!Array.isArray(written)) return '';
  return written.map((part: { text?: unknown } | null) => (typeof part?.text === 'string' ? part.text : '')).join('');
}

/** The answer that is read, where somebody asked for several at once. */
function firstOf({ choices }: OpenAiFrame): OpenAiChoice | undefined {
  const choice = choices?.[0];
  return choice?.index ? choices?.find(({ index }) => !index) : choice;
}

/** An error that some gateways send without an `error` key. */
function isFlatError({ object, code, error_code, error_msg, detail }: OpenAiFrame): boolean {
  return object === 'error' || [code, error_code, error_msg, detail].some(Boolean);
}

function usageOf(usage: OpenAiUsage | null | undefined): ModelUsage | undefined {
  const promptTokens = countIn(usage?.prompt_tokens);
  if (!usage || promptTokens === undefined) return undefined;
  const cached = usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens;
  return {
    promptTokens,
    completionTokens: countIn(usage.completion_tokens) ?? 0,
    cachedTokens: Math.min(promptTokens, countIn(cached) ?? 0),
    reasoningTokens: countIn(usage.completion_tokens_details?.reasoning_tokens) ?? 0,
    estimated: false,
  };
}
