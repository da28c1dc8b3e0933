import type { Plan } from '../plan.ts';

/** How one provider writes the frames of a stream. */
export interface FrameStyle {
  readonly reasoningField: 'reasoning_content' | 'reasoning';
  /** Fields of every frame, as JSON text with a comma at its end. */
  readonly extras: string;
  /** Fields beside a piece of reasoning and beside a piece of text, as JSON text with a comma at its beginning. */
  readonly besideReasoning: string;
  readonly besideText: string;
  /** Every delta names the role again. */
  readonly repeatsRole: boolean;
  readonly finishDelta: string;
  /** Its own words for reasons to stop. */
  readonly finishes: Readonly<Partial<Record<Plan['finish'], string>>>;
  /** Where the usage comes: in a frame of its own when asked for, beside the last choice, inside it. */
  readonly usage: 'frame' | 'beside' | 'beside-and-frame' | 'inside';
  /** Its own names of cached tokens, as JSON text with a comma at its beginning. */
  readonly usageExtras: (promptTokens: number) => string;
  /** The id of a call, from the simulator's own. */
  readonly callId: (id: string, name: string, index: number) => string;
  /** Later pieces of a call carry an empty id. */
  readonly repeatsCallId: boolean;
  /** A call comes whole in one frame. */
  readonly wholeCalls: boolean;
}

/** What most of them do. */
export const ORDINARY_STYLE: FrameStyle = {
  reasoningField: 'reasoning_content',
  extras: '',
  besideReasoning: '',
  besideText: '',
  repeatsRole: false,
  finishDelta: '{}',
  finishes: {},
  usage: 'frame',
  usageExtras: () => '',
  callId: (id) => id,
  repeatsCallId: false,
  wholeCalls: false,
};
