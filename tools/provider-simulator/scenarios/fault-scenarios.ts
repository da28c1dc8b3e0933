import { planOf, type Ending, type Plan } from '../plan.ts';
import { textPieces } from '../text.ts';
import { chat, refusal, type Scenario, type Wire } from './scenario.ts';

const TEXT = textPieces(20);
const OPENAI_ONLY: readonly Wire[] = ['openai'];

/** Refusals, broken streams and streams that are right but unusual. */
export const FAULT_SCENARIOS: readonly Scenario[] = [
  refusal('sim-400', '400: a parameter is not supported', '400'),
  refusal('sim-401', '401: the key is wrong', '401'),
  refusal('sim-402', 'no balance, with the status and code of the provider', '402', { wires: OPENAI_ONLY }),
  refusal('sim-403', 'the key may not do that', '403'),
  refusal('sim-404', '404: the model does not exist', '404'),
  refusal('sim-429', '429 with retry-after: 1', '429'),
  refusal('sim-429-bare', '429 without a hint when to retry', '429-bare'),
  refusal('sim-429-long', '429 with retry-after: 120', '429-long'),
  refusal('sim-429-once', '429 for the first request of this very model name, then sim-text', '429', { once: true }),
  refusal('sim-500', '500', '500'),
  refusal('sim-503', 'too busy, with the status and code of the provider', '503'),
  refusal('sim-503-once', '503 for the first request of this very model name, then sim-text', '503', { once: true }),
  refusal('sim-html', "502 with a proxy's HTML page", 'html'),
  refusal('sim-200-error', '200 with a JSON error body, also on streams', '200-error'),
  refusal('sim-context', '400: the prompt is too long', 'context', { wires: OPENAI_ONLY }),
  refusal('sim-quota', 'the quota of the day is used up', 'quota', { wires: OPENAI_ONLY }),
  refusal('sim-filter', '400: the prompt was filtered', 'filter', { wires: OPENAI_ONLY }),
  refusal('sim-silent', 'takes the request and never answers a byte', 'silent'),
  broken('sim-stall', 'silence after CHUNKS pieces until the client goes', 'stall', 1),
  broken('sim-cut', 'a clean end after CHUNKS pieces, without a finish', 'cut', 3),
  broken('sim-reset', 'the connection breaks after CHUNKS pieces', 'reset', 3),
  broken('sim-error-frame', 'an error frame after CHUNKS pieces', 'error-frame', 3),
  broken(
    'sim-error-frame-bare',
    'an error frame without an error key after CHUNKS pieces',
    'bare-error-frame',
    3,
    OPENAI_ONLY,
  ),
  chat(
    'sim-filter-frame',
    'an error frame of the content filter after CHUNKS pieces',
    ({ numbers }) => planOf(atLeast(numbers[0]), { ending: 'error-frame', endsAfter: numbers[0], fault: 'filter' }),
    { parameters: [{ name: 'CHUNKS', default: 3 }], wires: OPENAI_ONLY },
  ),
  unusual('sim-no-done', 'no [DONE] at the end', { doneMarker: false }, OPENAI_ONLY),
  unusual('sim-no-usage', 'no usage, although asked for', { usage: false }),
  unusual('sim-no-role', 'no role in any delta', { role: false }, OPENAI_ONLY),
  unusual('sim-no-space', 'no space behind data:', { space: '' }, OPENAI_ONLY),
  unusual('sim-empty-finish', 'an empty finish reason in every frame but the last', { unfinished: '""' }, OPENAI_ONLY),
  unusual('sim-crlf', 'lines end in CRLF', { lineEnd: '\r\n' }),
  unusual(
    'sim-comments',
    'comment lines (: keep-alive) before and between the frames',
    { comments: true },
    OPENAI_ONLY,
  ),
  unusual('sim-burst', 'all frames in one write', { writes: 'burst' }),
  unusual('sim-split', 'every frame split inside a UTF-8 character', { writes: 'split' }),
];

function broken(name: string, about: string, ending: Ending, after: number, wires?: readonly Wire[]): Scenario {
  return chat(name, about, ({ numbers }) => planOf(atLeast(numbers[0]), { ending, endsAfter: numbers[0] }), {
    parameters: [{ name: 'CHUNKS', default: after }],
    ...(wires && { wires }),
  });
}

function unusual(name: string, about: string, changes: Partial<Plan>, wires?: readonly Wire[]): Scenario {
  return chat(name, about, () => planOf(TEXT, changes), wires && { wires });
}

function atLeast(count: number): typeof TEXT {
  return count < TEXT.length ? TEXT : textPieces(count + 1);
}
