import { lastUserText } from '../chat-request.ts';
import { planOf } from '../plan.ts';
import { cutText, textPieces, thinkingPieces, timePieces } from '../text.ts';
import { chat, type ChatScenario } from './scenario.ts';

const CHUNKS = { name: 'CHUNKS', default: 20 };
const SHORT_ANSWER = 8;
const PACE = [
  { name: 'CHUNKS', default: 50 },
  { name: 'RATE', default: 50, least: 1 },
];

/** Healthy answers, at every speed. */
export const TEXT_SCENARIOS: readonly ChatScenario[] = [
  chat(
    'sim-text',
    'CHUNKS pieces of the fixed text, as fast as the client reads',
    ({ numbers }) => planOf(textPieces(numbers[0])),
    {
      parameters: [CHUNKS],
    },
  ),
  chat('sim-echo', 'the last user message, unchanged', ({ request }) => planOf(cutText(lastUserText(request))), {
    readsRequest: true,
  }),
  chat(
    'sim-history',
    'compact JSON of the roles and contents received',
    ({ request }) => {
      const seen = request.messages.map(({ role, content }) => ({ role, content: content ?? null }));
      return planOf(cutText(JSON.stringify(seen)));
    },
    { readsRequest: true },
  ),
  chat(
    'sim-reasoning',
    `THOUGHTS pieces of reasoning, then ${SHORT_ANSWER} of text`,
    ({ numbers }) => planOf(thinkingPieces(numbers[0], SHORT_ANSWER)),
    { parameters: [{ name: 'THOUGHTS', default: 10 }] },
  ),
  chat('sim-reasoning-only', 'reasoning, no content, a clean stop', () => planOf(thinkingPieces(10, 0))),
  chat('sim-empty', 'no content, a clean stop', () => planOf([])),
  chat('sim-length', 'text cut off by the token limit (finish reason length)', () =>
    planOf(textPieces(CHUNKS.default), { finish: 'length' }),
  ),
  chat(
    'sim-content-filter',
    'some text, then finish reason content_filter',
    () => planOf(textPieces(3), { finish: 'content_filter' }),
    { wires: ['openai'] },
  ),
  chat(
    'sim-no-tools',
    'like sim-text, but refuses a request that offers tools',
    () => planOf(textPieces(CHUNKS.default)),
    { refusesTools: true },
  ),
  chat(
    'sim-slow',
    'CHUNKS pieces, MS milliseconds apart',
    ({ numbers }) => planOf(textPieces(numbers[1]), { gapMs: numbers[0] }),
    { parameters: [{ name: 'MS', default: 100 }, CHUNKS] },
  ),
  chat(
    'sim-first',
    'the first byte only after MS milliseconds (a cold start)',
    ({ numbers }) => planOf(textPieces(CHUNKS.default), { firstByteMs: numbers[0] }),
    { parameters: [{ name: 'MS', default: 1000 }] },
  ),
  chat(
    'sim-paced',
    'CHUNKS pieces at RATE a second, on one clock for all streams',
    ({ numbers }) => planOf(textPieces(numbers[0]), { gapMs: 1000 / numbers[1] }),
    {
      parameters: PACE,
    },
  ),
  chat(
    'sim-clock',
    'like sim-paced, and each piece says when it leaves',
    ({ numbers }) => planOf(timePieces(numbers[0]), { gapMs: 1000 / numbers[1] }),
    { parameters: PACE, readsRequest: true },
  ),
];
