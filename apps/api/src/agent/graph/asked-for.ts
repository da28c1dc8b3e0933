import type { AIMessage } from '@langchain/core/messages';
import { type AskedFor, ownCalls } from '../loop/own-calls.js';

/** What an answer asks for that came by way of LangChain; calls with broken arguments included, because each must be answered. */
export function askedFor(answer: AIMessage, turn: number, round: number): AskedFor {
  const good = (answer.tool_calls ?? []).map(({ name, args }) => ({ name, arguments: JSON.stringify(args) }));
  const bad = (answer.invalid_tool_calls ?? []).map(({ name = '', args = '' }) => ({ name, arguments: args }));
  const reasoning: unknown = answer.additional_kwargs['reasoning_content'];
  return {
    text: answer.text,
    reasoning: typeof reasoning === 'string' ? reasoning : '',
    calls: ownCalls([...good, ...bad], turn, round),
  };
}
