import type { Frames } from '../deliver.ts';
import type { Plan, ToolCall } from '../plan.ts';
import { cutString, type Piece } from '../text.ts';
import type { FrameStyle } from './frame-style.ts';
import { refusalOf } from './openai-faults.ts';
import { usageJson } from './openai-usage.ts';
import type { Voice } from './voice.ts';

export interface StreamFacts {
  readonly id: string;
  readonly model: string;
  readonly created: number;
  readonly promptTokens: number;
  readonly includeUsage: boolean;
  readonly style: FrameStyle;
  readonly voice: Voice;
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
  private readonly style: FrameStyle;
  private readonly again: string;
  private readonly unfinished: string;
  private readonly said: unknown;

  constructor(plan: Plan, facts: StreamFacts) {
    const { style, voice } = facts;
    this.unfinished = plan.unfinished;
    this.style = style;
    this.again = style.repeatsRole && plan.role ? '"role":"assistant",' : '';
    const said = refusalOf(plan.fault, facts.model).saidBy(voice);
    this.said =
      plan.ending === 'bare-error-frame' ? { code: 'InternalError', message: said.message } : voice.body(said);
    this.head = `data:${plan.space}{"id":"${facts.id}","object":"chat.completion.chunk","created":${facts.created},"model":${JSON.stringify(facts.model)},${style.extras}"choices":[`;
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
    const { reasoningField, besideText, besideReasoning } = this.style;
    return this.choice(
      piece.kind === 'text'
        ? `{${this.again}"content":${piece.json}${besideText}}`
        : `{${this.again}"${reasoningField}":${piece.json}${besideReasoning}}`,
    );
  }

  fault(): string {
    return `data: ${JSON.stringify(this.said)}\n\n`;
  }

  private choice(delta: string, finish: string = this.unfinished, inside = '', tail = this.tail): string {
    return `${this.head}{"index":0,"delta":${delta},"logprobs":null,"finish_reason":${finish}${inside}}${tail}`;
  }

  private callFrames(plan: Plan): string[] {
    return plan.calls.flatMap((call, index) => {
      if (plan.objectArguments) return [this.callFrame(index, call, JSON.parse(call.arguments))];
      if (this.style.wholeCalls) return [this.callFrame(index, call, call.arguments)];
      const again = this.style.repeatsCallId ? { id: '' } : {};
      const pieces = cutString(call.arguments, ARGUMENT_PIECE);
      const later = pieces.map((piece) =>
        this.choice(JSON.stringify({ tool_calls: [{ index, ...again, function: { arguments: piece } }] })),
      );
      return [this.callFrame(index, call, ''), ...later];
    });
  }

  private callFrame(index: number, call: ToolCall, argumentsStart: unknown): string {
    const id = call.id === null ? {} : { id: this.style.callId(call.id, call.name, index) };
    const called = { index, ...id, type: 'function', function: { name: call.name, arguments: argumentsStart } };
    return this.choice(JSON.stringify({ tool_calls: [called] }));
  }

  private closing(plan: Plan, facts: StreamFacts): string[] {
    const { finishDelta, finishes, usage: place, usageExtras } = this.style;
    const usage = plan.usage ? usageJson(plan, facts.promptTokens, usageExtras) : 'null';
    const inside = place === 'inside' ? `,"usage":${usage}` : '';
    const tail = place.startsWith('beside') && plan.usage ? `],"usage":${usage}}\n\n` : this.tail;
    const frames = [this.choice(finishDelta, `"${finishes[plan.finish] ?? plan.finish}"`, inside, tail)];
    if (facts.includeUsage && plan.usage && place.endsWith('frame')) frames.push(`${this.head}],"usage":${usage}}\n\n`);
    if (plan.doneMarker) frames.push(`data:${plan.space}[DONE]\n\n`);
    return frames;
  }
}
