import type { Plan, ToolCall } from '../plan.ts';
import { joined, type Piece } from '../text.ts';
import type { StreamFacts } from './openai-frames.ts';
import type { FrameStyle } from './frame-style.ts';
import { usageJson } from './openai-usage.ts';

const messageCache = new WeakMap<readonly Piece[], string>();

/** @returns one answer as OpenAI's whole completion. */
export function completionJson(plan: Plan, facts: StreamFacts): string {
  const usage = plan.usage ? `,"usage":${usageJson(plan, facts.promptTokens, facts.style.usageExtras)}` : '';
  return `{"id":"${facts.id}","object":"chat.completion",${facts.style.extras}"created":${facts.created},"model":${JSON.stringify(facts.model)},"choices":[{"index":0,"message":${messageJson(plan, facts)},"logprobs":null,"finish_reason":"${facts.style.finishes[plan.finish] ?? plan.finish}"}]${usage}}`;
}

function messageJson(plan: Plan, facts: StreamFacts): string {
  // Only plain text is kept: it is the same for every request and what benchmarks ask for.
  const plain = plan.calls.length === 0 && plan.role && plan.pieces[0]?.kind !== 'reasoning';
  const kept = plain ? messageCache.get(plan.pieces) : undefined;
  if (kept !== undefined) return kept;
  const made = JSON.stringify(messageOf(plan, facts));
  if (plain) messageCache.set(plan.pieces, made);
  return made;
}

function messageOf(plan: Plan, facts: StreamFacts): unknown {
  const text = joined(plan.pieces, 'text');
  const reasoning = joined(plan.pieces, 'reasoning');
  return {
    ...(plan.role && { role: 'assistant' }),
    content: text === '' && (plan.calls.length > 0 || reasoning !== '') ? null : text,
    ...(reasoning !== '' && { [facts.style.reasoningField]: reasoning }),
    ...(plan.calls.length > 0 && {
      tool_calls: plan.calls.map((call, index) => callJson(call, index, plan, facts.style)),
    }),
    refusal: null,
  };
}

function callJson(call: ToolCall, index: number, plan: Plan, style: FrameStyle): unknown {
  const written: unknown = plan.objectArguments ? JSON.parse(call.arguments) : call.arguments;
  return {
    ...(call.id !== null && { id: style.callId(call.id, call.name, index) }),
    type: 'function',
    function: { name: call.name, arguments: written },
  };
}
