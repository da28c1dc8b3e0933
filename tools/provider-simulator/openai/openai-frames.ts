import type { Frames } from '../deliver.ts';
import type { Dialect } from '../dialects.ts';
import type { Plan, ToolCall } from '../plan.ts';
import { cutString, type Piece } from '../text.ts';
import { errorBody } from './openai-refusal.ts';
import { usageJson } from './openai-usage.ts';

export interface StreamFacts {
  readonly id: string;
  readonly model: string;
  readonly created: number;
  readonly promptTokens: number;
  readonly includeUsage: boolean;
  readonly reasoningField: Dialect['reasoningField'];
}

const ARGUMENT_PIECE = 9;

/** One answer as OpenAI's server-sent events. */
export class OpenAiFrames implements Frames {
  readonly contentType = 'text/event-stream; charset=utf-8';
  readonly length: number;
  readonly opening: number;
  private readonly head: string;
  private readonly tail: string;
  private readonly role: string | undefined;
  private readonly pieces: readonly Piece[];
  private readonly rest: readonly string[];
  private readonly reasoningField: string;

  constructor(plan: Plan, facts: StreamFacts) {
    this.reasoningField = facts.reasoningField;
    this.head = `data: {"id":"${facts.id}","object":"chat.completion.chunk","created":${facts.created},"model":${JSON.stringify(facts.model)},"service_tier":"default","system_fingerprint":"fp_simulator","choices":[`;
    this.tail = facts.includeUsage ? '],"usage":null}\n\n' : ']}\n\n';
    this.pieces = plan.pieces;
    this.role = plan.role
      ? this.choice(`{"role":"assistant","content":${plan.calls.length > 0 ? 'null' : '""'}}`)
      : undefined;
    this.opening = this.role === undefined ? 0 : 1;
    this.rest = [...this.callFrames(plan), ...this.closing(plan, facts)];
    this.length = this.opening + this.pieces.length + this.rest.length;
  }

  at(index: number): string {
    if (index < this.opening) return this.role!;
    const piece = this.pieces[index - this.opening];
    if (!piece) return this.rest[index - this.opening - this.pieces.length];
    return this.choice(
      piece.kind === 'text' ? `{"content":${piece.json}}` : `{"${this.reasoningField}":${piece.json}}`,
    );
  }

  fault(bare: boolean): string {
    const message = 'The server had an error while answering. Sorry about that!';
    return `data: ${bare ? JSON.stringify({ code: 'InternalError', message }) : errorBody(message, 'server_error')}\n\n`;
  }

  private choice(delta: string, finish = 'null'): string {
    return `${this.head}{"index":0,"delta":${delta},"logprobs":null,"finish_reason":${finish}}${this.tail}`;
  }

  private callFrames(plan: Plan): string[] {
    return plan.calls.flatMap((call, index) => {
      if (plan.objectArguments) return [this.callFrame(index, call, JSON.parse(call.arguments))];
      const pieces = cutString(call.arguments, ARGUMENT_PIECE);
      const later = pieces.map((piece) =>
        this.choice(JSON.stringify({ tool_calls: [{ index, function: { arguments: piece } }] })),
      );
      return [this.callFrame(index, call, ''), ...later];
    });
  }

  private callFrame(index: number, call: ToolCall, argumentsStart: unknown): string {
    const id = call.id === null ? {} : { id: call.id };
    const called = { index, ...id, type: 'function', function: { name: call.name, arguments: argumentsStart } };
    return this.choice(JSON.stringify({ tool_calls: [called] }));
  }

  private closing(plan: Plan, facts: StreamFacts): string[] {
    const frames = [this.choice('{}', `"${plan.finish}"`)];
    if (facts.includeUsage && plan.usage)
      frames.push(`${this.head}],"usage":${usageJson(plan, facts.promptTokens)}}\n\n`);
    if (plan.doneMarker) frames.push('data: [DONE]\n\n');
    return frames;
  }
}
