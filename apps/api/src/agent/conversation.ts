import type { ModelMessage, ToolCall } from '../llm-config/wire/model-wire.js';
import type { UsableModel } from '../llm-config/chat-models.js';
import type { HistoryStep, HistoryTurn } from './agent-runner.js';
import { type Question, questionsAsTold, type ToldQuestion } from './question.js';

/** Said for the model where a turn with tool calls ended before its answer. */
const UNFINISHED = '(This answer was not finished.)';

/**
 * The conversation as the model is told it: question, tool calls with their results, answer, turn after turn.
 * Questions that were never answered are asked together with the next one, so that user and assistant alternate.
 */
export function conversationOf(
  system: string,
  history: readonly HistoryTurn[],
  question: Question,
  model: Pick<UsableModel, 'vision' | 'contextWindow'> = {},
): ModelMessage[] {
  const messages: ModelMessage[] = [{ role: 'system', content: system }];
  const told = questionsAsTold([...history, question], model);
  let unanswered: ToldQuestion[] = [];
  for (const [index, turn] of history.entries()) {
    const said = answerOf(turn, index);
    unanswered.push(...told.slice(index, index + 1));
    if (said.length === 0) continue;
    messages.push(userMessage(unanswered), ...said);
    unanswered = [];
  }
  return [...messages, userMessage([...unanswered, ...told.slice(-1)])];
}

function userMessage(questions: readonly ToldQuestion[]): ModelMessage {
  const images = questions.flatMap((question) => question.images);
  const content = questions.map(({ text }) => text).join('\n\n');
  return { role: 'user', content, ...(images.length > 0 ? { images } : {}) };
}

function answerOf({ answer, reasoning, steps }: HistoryTurn, turnIndex: number): ModelMessage[] {
  const rounds = Map.groupBy(steps, ({ round }) => round);
  const thoughts = [...rounds.values()].map(([first]) => first?.thought ?? '');
  const before = thoughts.join('');
  // The stored answer is everything the model said, what it said before its tool calls included.
  const last = answer.startsWith(before) ? answer.slice(before.length) : answer;
  if (rounds.size === 0) return last === '' ? [] : [{ role: 'assistant', content: last }];
  const messages: ModelMessage[] = [];
  for (const [index, round] of [...rounds.values()].entries()) {
    messages.push(...roundOf(round, `call_${turnIndex}_${index}`, thoughts[index] ?? '', index === 0 ? reasoning : ''));
  }
  return [...messages, { role: 'assistant', content: last === '' ? UNFINISHED : last }];
}

function roundOf(steps: readonly HistoryStep[], prefix: string, thought: string, reasoning: string): ModelMessage[] {
  const calls = steps.map(({ tool, input }, index): ToolCall => {
    return { id: `${prefix}_${index}`, name: tool, arguments: jsonObjectIn(input) };
  });
  const results = steps.map(({ tool, observation }, index): ModelMessage => {
    const content = observation === '' ? '{"status":"error","message":"There is no result."}' : observation;
    return { role: 'tool', toolCallId: `${prefix}_${index}`, name: tool, content };
  });
  return [{ role: 'assistant', content: thought, reasoning, toolCalls: calls }, ...results];
}

/** Arguments that were no JSON when they were written would make a provider refuse the whole conversation. */
function jsonObjectIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? text : '{}';
  } catch {
    return '{}';
  }
}
