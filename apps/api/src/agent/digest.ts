import type { UsableModel } from '../llm-config/chat-models.js';
import type { ModelMessage } from '../llm-config/wire/model-wire.js';
import type { HistoryTurn } from './agent-runner.js';
import { SHARE_OF_DIGESTS, SHARE_OF_HISTORY } from './loop/turn-limits.js';
import { charactersOf } from './loop/window.js';
import type { ToldQuestion } from './question.js';

/** Said for the model where a turn with tool calls ended before its answer. */
export const UNFINISHED = '(This answer was not finished.)';
/** Characters of a question and of an answer of long ago. */
const QUESTION = 500;
const ANSWER = 1_000;

/** How much of a conversation a model is told. */
export interface Extent {
  /** Turns before this one are not told at all. */
  readonly shortFrom: number;
  /** Turns before this one are told in short. */
  readonly wholeFrom: number;
}

/** The newest turns are told whole as long as they leave room in the model's window, the ones before in short. */
export function extentOf(history: readonly HistoryTurn[], model: Pick<UsableModel, 'contextWindow'>): Extent {
  const wholeFrom = firstThatFits(history, charactersOf(model, SHARE_OF_HISTORY), wholeSize);
  const shortFrom = firstThatFits(history.slice(0, wholeFrom), charactersOf(model, SHARE_OF_DIGESTS), shortSize);
  return { shortFrom, wholeFrom };
}

/** What was asked long ago, without what its files said. */
export function questionInShort({ query, files = [] }: HistoryTurn): ToldQuestion {
  const names = files.map(({ name }) => `(File: ${name})`);
  const asked = query.length <= QUESTION ? query : `${query.slice(0, QUESTION).toWellFormed()} … (Shortened.)`;
  return { text: [...names, asked].join('\n'), images: [] };
}

/** The end of what was answered, where conclusions stand, and what was used for it. */
export function answerInShort({ answer, steps }: HistoryTurn): ModelMessage[] {
  if (answer === '' && steps.length === 0) return [];
  const tools = [...new Set(steps.map(({ tool }) => tool))];
  const used = tools.length > 0 ? [`(Tools used: ${tools.join(', ')}.)`] : [];
  const conclusion = answer.length <= ANSWER ? answer : `(Shortened.) … ${answer.slice(-ANSWER).toWellFormed()}`;
  return [{ role: 'assistant', content: [conclusion || UNFINISHED, ...used].join('\n\n') }];
}

/** Said to the model in place of the turns that it is not told. */
export function leftOut(turns: number): string {
  return turns === 0 ? '' : `\n\nThis conversation is long: its first ${turns} questions and answers are left out.`;
}

/** From which turn on all fit into so many characters. */
function firstThatFits(history: readonly HistoryTurn[], room: number, sizeOf: (turn: HistoryTurn) => number): number {
  let left = room;
  return history.findLastIndex((turn) => (left -= sizeOf(turn)) < 0) + 1;
}

function wholeSize({ query, answer, steps }: HistoryTurn): number {
  return steps.reduce((size, step) => size + step.input.length + step.observation.length, query.length + answer.length);
}

function shortSize({ query, answer }: HistoryTurn): number {
  return Math.min(query.length, QUESTION) + Math.min(answer.length, ANSWER);
}
