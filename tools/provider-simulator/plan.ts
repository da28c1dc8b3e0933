import type { Piece } from './text.ts';

type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter';

/** How a stream ends: whole, or in one of the ways real ones break. */
export type Ending = 'whole' | 'cut' | 'reset' | 'stall' | 'error-frame' | 'bare-error-frame';

export interface ToolCall {
  readonly id: string | null;
  readonly name: string;
  /** The arguments as the model wrote them, which need not be valid JSON. */
  readonly arguments: string;
}

/** What a scenario answers and how it leaves, the same for every wire. */
export interface Plan {
  readonly pieces: readonly Piece[];
  readonly calls: readonly ToolCall[];
  readonly finish: FinishReason;
  readonly firstByteMs: number;
  readonly gapMs: number;
  readonly ending: Ending;
  /** What an error frame says. */
  readonly fault: '500' | 'filter';
  /** How many pieces leave before an ending that is not whole. */
  readonly endsAfter: number;
  readonly writes: 'each' | 'burst' | 'split';
  readonly lineEnd: '\n' | '\r\n';
  readonly comments: boolean;
  /** What stands between `data:` and the frame. */
  readonly space: '' | ' ';
  /** The finish reason of every frame but the last. */
  readonly unfinished: 'null' | '""';
  readonly doneMarker: boolean;
  readonly usage: boolean;
  readonly role: boolean;
  readonly objectArguments: boolean;
}

const PLAIN: Omit<Plan, 'pieces'> = {
  calls: [],
  finish: 'stop',
  firstByteMs: 0,
  gapMs: 0,
  ending: 'whole',
  fault: '500',
  endsAfter: 0,
  writes: 'each',
  lineEnd: '\n',
  comments: false,
  space: ' ',
  unfinished: 'null',
  doneMarker: true,
  usage: true,
  role: true,
  objectArguments: false,
};

/** @returns a plan that differs from a plain, healthy answer only in `changes`. */
export function planOf(pieces: readonly Piece[], changes: Partial<Plan> = {}): Plan {
  return { ...PLAIN, pieces, ...changes };
}

/** @returns the plan as a model cut off after `limit` tokens would answer it; a piece is a token. */
export function limited(plan: Plan, limit: number | undefined): Plan {
  if (limit === undefined || plan.pieces.length <= limit) return plan;
  return { ...plan, pieces: plan.pieces.slice(0, limit), calls: [], finish: 'length' };
}

/** @returns the pieces that leave before the ending. */
export function sentPieces(plan: Plan): readonly Piece[] {
  return plan.ending === 'whole' ? plan.pieces : plan.pieces.slice(0, plan.endsAfter);
}
