import type { ModelMessage, ToolCall } from '../llm-config/wire/model-wire.js';
import type { UsableModel } from '../llm-config/chat-models.js';
import type { HistoryStep, HistoryTurn } from './agent-runner.js';
import { answerInShort, extentOf, leftOut, questionInShort, UNFINISHED } from './digest.js';
import { callId, tellableArguments } from './loop/own-calls.js';
import { type Question, questionsAsTold, type ToldQuestion } from './question.js';
import { untrusted } from './safety/untrusted.js';

const NO_RESULT = '{"status":"error","message":"There is no result."}';

/**
 * The conversation as the model is told it: question, tool calls with their results, answer, turn after turn.
 * Questions that were never answered are asked together with the next one, so that user and assistant alternate.
 * Turns of long ago are told in short once all of them would fill too much of the model's window, and the first ones not at
 * all once that is too much as well; what is stored stays as it is.
 */
export function conversationOf(
  system: string,
  history: readonly HistoryTurn[],
  question: Question,
  model: Pick<UsableModel, 'vision' | 'contextWindow'> = {},
): ModelMessage[] {
  const { shortFrom, wholeFrom } = extentOf(history, model);
  const messages: ModelMessage[] = [{ role: 'system', content: system + leftOut(shortFrom) }];
  const whole = questionsAsTold([...history.slice(wholeFrom), question], model);
  let unanswered: ToldQuestion[] = [];
  for (const [index, turn] of history.entries()) {
    if (index < shortFrom) continue;
    const isShort = index < wholeFrom;
    unanswered.push(isShort ? questionInShort(turn) : whole[index - wholeFrom]);
    const said = isShort ? answerInShort(turn) : answerOf(turn, index);
    if (said.length === 0) continue;
    messages.push(userMessage(unanswered), ...said);
    unanswered = [];
  }
  return [...messages, userMessage([...unanswered, ...whole.slice(-1)])];
}

/** The tool calls of a turn with their results, as the model is told them. */
export function roundsOf(steps: readonly HistoryStep[], turnIndex: number, reasoning = ''): ModelMessage[] {
  const rounds = Map.groupBy(steps, ({ round }) => round);
  const isKnownByRound = steps.some((step) => step.reasoning !== '');
  return [...rounds.values()].flatMap((round, index) => {
    const thought = isKnownByRound ? (round[0]?.reasoning ?? '') : index === 0 ? reasoning : '';
    return roundOf(round, turnIndex, index + 1, thought);
  });
}

function userMessage(questions: readonly ToldQuestion[]): ModelMessage {
  const images = questions.flatMap((question) => question.images);
  const content = questions.map(({ text }) => text).join('\n\n');
  return { role: 'user', content, ...(images.length > 0 ? { images } : {}) };
}

function answerOf({ answer, reasoning, steps }: HistoryTurn, turnIndex: number): ModelMessage[] {
  const rounds = Map.groupBy(steps, ({ round }) => round);
  const before = [...rounds.values()].map(([first]) => first?.thought ?? '').join('');
  // The stored answer is everything the model said, what it said before its tool calls included.
  const last = answer.startsWith(before) ? answer.slice(before.length) : answer;
  if (rounds.size === 0) return last === '' ? [] : [{ role: 'assistant', content: last }];
  const end: ModelMessage = { role: 'assistant', content: last === '' ? UNFINISHED : last };
  return [...roundsOf(steps, turnIndex, reasoning), end];
}

function roundOf(steps: readonly HistoryStep[], turn: number, round: number, reasoning: string): ModelMessage[] {
  const calls = steps.map(({ tool, input }, index): ToolCall => {
    return { id: callId(turn, round, index), name: tool, arguments: tellableArguments(input) };
  });
  const results = steps.map(({ id, position, tool, observation }, index): ModelMessage => {
    const content = untrusted(observation === '' ? NO_RESULT : observation, id, position);
    return { role: 'tool', toolCallId: callId(turn, round, index), name: tool, content };
  });
  return [{ role: 'assistant', content: steps[0]?.thought ?? '', reasoning, toolCalls: calls }, ...results];
}
