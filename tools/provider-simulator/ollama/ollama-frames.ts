import type { Frames } from '../deliver.ts';
import type { Plan } from '../plan.ts';
import { joined, type Piece } from '../text.ts';
import { RUNNER_DIED } from './ollama-faults.ts';

export interface OllamaFacts {
  readonly model: string;
  readonly promptTokens: number;
  /** Nanoseconds the model took to load, for the figures of the last line. */
  readonly loadNs: number;
}

const NS_PER_TOKEN = 10_000_000;

/** One answer as Ollama's lines of JSON. */
export class OllamaFrames implements Frames {
  readonly contentType = 'application/x-ndjson';
  readonly opening = 0;
  readonly length: number;
  private readonly head: string;
  private readonly pieces: readonly Piece[];
  private readonly rest: readonly string[];

  constructor(plan: Plan, facts: OllamaFacts) {
    this.head = headJson(facts.model);
    this.pieces = plan.pieces;
    const calls = plan.calls.map((_, index) => `${this.head},"message":${callMessage(plan, index)},"done":false}\n`);
    const last = `${this.head},"message":{"role":"assistant","content":""},${doneJson(plan, facts)}}\n`;
    this.rest = [...calls, last];
    this.length = this.pieces.length + this.rest.length;
  }

  at(index: number): string {
    const piece = this.pieces[index];
    if (!piece) return this.rest[index - this.pieces.length];
    const said = piece.kind === 'text' ? `"content":${piece.json}` : `"content":"","thinking":${piece.json}`;
    return `${this.head},"message":{"role":"assistant",${said}},"done":false}\n`;
  }

  fault(): string {
    return `${JSON.stringify({ error: RUNNER_DIED })}\n`;
  }
}

/** @returns the answer of a call with `stream: false`. */
export function wholeAnswer(plan: Plan, facts: OllamaFacts): string {
  const thinking = joined(plan.pieces, 'reasoning');
  const message = {
    role: 'assistant',
    content: joined(plan.pieces, 'text'),
    ...(thinking !== '' && { thinking }),
    ...(plan.calls.length > 0 && { tool_calls: plan.calls.map((_, index) => callObject(plan, index)) }),
  };
  return `${headJson(facts.model)},"message":${JSON.stringify(message)},${doneJson(plan, facts)}}`;
}

/** @returns the answer to an empty conversation, which only loads the model. */
export function loadAnswer(model: string): string {
  return `${headJson(model)},"message":{"role":"assistant","content":""},"done_reason":"load","done":true}`;
}

function headJson(model: string): string {
  return `{"model":${JSON.stringify(model)},"created_at":"${new Date().toISOString()}"`;
}

function callMessage(plan: Plan, index: number): string {
  return JSON.stringify({ role: 'assistant', content: '', tool_calls: [callObject(plan, index)] });
}

function callObject(plan: Plan, index: number): unknown {
  const call = plan.calls[index];
  return { function: { name: call.name, arguments: JSON.parse(call.arguments) as unknown } };
}

function doneJson(plan: Plan, facts: OllamaFacts): string {
  const reason = plan.finish === 'length' ? 'length' : 'stop';
  const end = `"done_reason":"${reason}","done":true`;
  if (!plan.usage) return end;
  const count = plan.pieces.length + plan.calls.length;
  const [prompt, spent] = [facts.promptTokens * 100_000, count * NS_PER_TOKEN];
  return `${end},"total_duration":${facts.loadNs + prompt + spent},"load_duration":${facts.loadNs},"prompt_eval_count":${facts.promptTokens},"prompt_eval_duration":${prompt},"eval_count":${count},"eval_duration":${spent}`;
}
