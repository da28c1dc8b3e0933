import type { ModelMessage, ToolCall } from '../llm-config/wire/model-wire.js';
import type { UsableModel } from '../llm-config/chat-models.js';
import type { HistoryStep, HistoryTurn } from './agent-runner.js';
import { callId, tellableArguments } from './loop/own-calls.js';
import { SHARE_OF_HISTORY } from './loop/turn-limits.js';
import { charactersOf } from './loop/window.js';
import { type Question, questionsAsTold, type ToldQuestion } from './question.js';
import { untrusted } from './safety/untrusted.js';

/** Said for the model where a turn with tool calls ended before its answer. */
const UNFINISHED = '(This answer was not finished.)';
const NO_RESULT = '{"status":"error","message":"There is no result."}';
/** Characters of an answer of long ago. */
const DIGEST = 1_000;

/**
 * The conversation as the model is told it: question, tool calls with their results, answer, turn after turn.
 * Questions that were never answered are asked together with the next one, so that user and assistant alternate.
 * Turns of long ago are told in short once all of them would fill too much of the model's window.
 */
export function conversationOf(
  system: string,
  history: readonly HistoryTurn[],
  question: Question,
  model: Pick<UsableModel, 'vision' | 'contextWindow'> = {},
): ModelMessage[] {
  const messages: ModelMessage[] = [{ role: 'system', content: system }];
  const told = questionsAsTold([...history, question], model);
  const whole = wholeFrom(history, charactersOf(model, SHARE_OF_HISTORY));
  let unanswered: ToldQuestion[] = [];
  for (const [index, turn] of history.entries()) {
    const said = index < whole ? digestOf(turn) : answerOf(turn, index);
    unanswered.push(...told.slice(index, index + 1));
    if (said.length === 0) continue;
    messages.push(userMessage(unanswered), ...said);
    unanswered = [];
  }
  return [...messages, userMessage([...unanswered, ...told.slice(-1)])];
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

/** From which turn on all fit; the ones before are told in short. */
function wholeFrom(history: readonly HistoryTurn[], room: number): number {
  let left = room;
  const tooMuch = history.findLastIndex(({ query, answer, steps }) => {
    left -= query.length + answer.length;
    for (const { input, observation } of steps) left -= input.length + observation.length;
    return left < 0;
  });
  return tooMuch + 1;
}

function digestOf({ answer, steps }: HistoryTurn): ModelMessage[] {
  if (answer === '' && steps.length === 0) return [];
  const tools = [...new Set(steps.map(({ tool }) => tool))];
  const used = tools.length > 0 ? [`(Tools used: ${tools.join(', ')}.)`] : [];
  const conclusion = answer.length <= DIGEST ? answer : `(Shortened.) … ${answer.slice(-DIGEST).toWellFormed()}`;
  return [{ role: 'assistant', content: [conclusion || UNFINISHED, ...used].join('\n\n') }];
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
