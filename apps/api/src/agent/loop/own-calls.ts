import type { FoldedAnswer } from '../../llm-config/wire/folded-answer.js';
import type { ModelMessage, ToolCall } from '../../llm-config/wire/model-wire.js';

/** An answer that asks for tools: the calls as the model wrote them, under our own ids. */
export interface AskedFor {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly ToolCall[];
}

/** What every provider takes as the name of a tool. */
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const NO_NAME = 'unnamed_tool';

/** The id of a call, the same whenever the conversation is told again: a model may give none, or one twice. */
export function callId(turn: number, round: number, index: number): string {
  return `call_${turn}_${round}_${index}`;
}

/** The calls of a folded answer. */
export function firstAskedFor({ text, reasoning, toolCalls }: FoldedAnswer, turn: number): AskedFor {
  return { text, reasoning, calls: ownCalls(toolCalls, turn, 1) };
}

/** The answer as the model is told it again; arguments that are no JSON object would make a provider refuse all of it. */
export function assistantMessage({ text, reasoning, calls }: AskedFor): ModelMessage {
  const toolCalls = calls.map((call) => ({ ...call, arguments: tellableArguments(call.arguments) }));
  return { role: 'assistant', content: text, reasoning, toolCalls };
}

/** The arguments where they are a JSON object, else none. */
export function tellableArguments(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? text : '{}';
  } catch {
    return '{}';
  }
}

/** The calls under our own ids, with names that every provider takes back. */
export function ownCalls(
  calls: readonly (Omit<ToolCall, 'id'> | undefined)[],
  turn: number,
  round: number,
): ToolCall[] {
  // A model that counts its calls wrongly leaves holes.
  const made = calls.filter((call) => call !== undefined);
  return made.map(({ name, arguments: text }, index) => {
    return { id: callId(turn, round, index), name: tellableName(name), arguments: text };
  });
}

function tellableName(name: string): string {
  return NAME.test(name) ? name : name.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || NO_NAME;
}
