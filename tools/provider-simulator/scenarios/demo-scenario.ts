import { lastUserText, type ChatRequest } from '../chat-request.ts';
import { planOf, type Plan } from '../plan.ts';
import { cutString, type Piece } from '../text.ts';
import { chosenCalls, hasResults } from '../tool-calls.ts';
import { DEMO_ANSWERS } from './demo-answers.ts';
import { chat } from './scenario.ts';

const PIECE_LENGTH = 8;

/** Answers worth looking at, at about the pace of a real model. */
export const DEMO_SCENARIO = chat(
  'sim-demo',
  'an answer for people to look at, chosen by the question, a piece each MS milliseconds',
  ({ request, numbers }) => answer(request, numbers[0]),
  { parameters: [{ name: 'MS', default: 15 }], readsRequest: true },
);

function answer(request: ChatRequest, gapMs: number): Plan {
  const question = lastUserText(request);
  const { thinking = '', looks = false, text } = DEMO_ANSWERS.find(({ when }) => when.test(question))!;
  const calls = looks && !hasResults(request) ? chosenCalls(request, 2) : [];
  if (calls.length > 0) return planOf([], { gapMs, finish: 'tool_calls', calls });
  return planOf([...pieces('reasoning', thinking), ...pieces('text', text)], { gapMs });
}

function pieces(kind: Piece['kind'], text: string): Piece[] {
  return cutString(text, PIECE_LENGTH).map((part) => ({ kind, text: part, json: JSON.stringify(part) }));
}
