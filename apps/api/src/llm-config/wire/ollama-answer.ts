import { randomUUID } from 'node:crypto';
import { AnswerUnusable, ErrorFrame, type Answer } from './answer.js';
import { saidIn } from './fault-classifier.js';
import type { ModelDelta, ModelRequest, ModelUsage } from './model-wire.js';
import { countIn, estimateUsage } from './token-estimate.js';

/** What of a line of `/api/chat` is read. */
interface OllamaLine {
  message?: {
    content?: string | null;
    thinking?: string | null;
    tool_calls?: OllamaCall[] | null;
  } | null;
  done?: boolean;
  done_reason?: string | null;
  prompt_eval_count?: unknown;
  eval_count?: unknown;
  error?: unknown;
}

interface OllamaCall {
  id?: string | null;
  function?: { name?: string; arguments?: unknown } | null;
}

/** Reads an answer of Ollama's native wire: whole tool calls without ids, figures on the last line. */
export class OllamaAnswer implements Answer {
  private text = '';
  private reasoning = '';
  private calls = 0;
  private last: OllamaLine | undefined;

  constructor(private readonly request: ModelRequest) {}

  get isFinished(): boolean {
    return this.last !== undefined;
  }

  read(value: unknown, deltas: ModelDelta[]): void {
    if (typeof value !== 'object' || value === null) return;
    const line = value as OllamaLine;
    if (line.error) throw new ErrorFrame(saidIn(line));
    const { thinking, content, tool_calls: calls } = line.message ?? {};
    if (thinking) {
      this.reasoning += thinking;
      deltas.push({ type: 'reasoning', text: thinking });
    }
    if (content) {
      this.text += content;
      deltas.push({ type: 'text', text: content });
    }
    if (calls) for (const call of calls) deltas.push(this.callOf(call));
    if (line.done) this.last = line;
  }

  end(deltas: ModelDelta[]): void {
    const { last } = this;
    if (!last) throw new AnswerUnusable('cut_off', 'the stream ended without its last line');
    const isCut = last.done_reason === 'length';
    if (isCut && this.calls > 0) throw new AnswerUnusable('truncated_tool_call', 'a tool call was cut off');
    // No token at all is an answer; thoughts that lead to none are not.
    if (!isCut && this.calls === 0 && this.text === '' && this.reasoning !== '') {
      throw new AnswerUnusable('empty_answer', 'nothing was said');
    }
    const reason = isCut ? 'length' : this.calls > 0 ? 'tool_calls' : 'stop';
    deltas.push({ type: 'usage', usage: this.usageOf(last) }, { type: 'finish', reason });
  }

  private callOf(call: OllamaCall): ModelDelta {
    const given = call.function?.arguments ?? {};
    return {
      type: 'tool_call',
      index: this.calls++,
      id: call.id || `call_${randomUUID()}`,
      name: call.function?.name ?? '',
      arguments: typeof given === 'string' ? given : JSON.stringify(given),
    };
  }

  /** A prompt served from the cache is not counted by the server. */
  private usageOf(last: OllamaLine): ModelUsage {
    const [asked, said] = [countIn(last.prompt_eval_count), countIn(last.eval_count)];
    if (asked !== undefined && said !== undefined) {
      return { promptTokens: asked, completionTokens: said, cachedTokens: 0, reasoningTokens: 0, estimated: false };
    }
    const estimate = estimateUsage(this.request, this.text, this.reasoning);
    return {
      ...estimate,
      promptTokens: asked ?? estimate.promptTokens,
      completionTokens: said ?? estimate.completionTokens,
    };
  }
}
