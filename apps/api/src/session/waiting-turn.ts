import type { ModelUser } from '../llm-config/access/config-access.js';
import type { ToolChoice } from '../agent/tools/tool-registry.js';
import type { ModelUsage } from '../llm-config/wire/model-wire.js';
import type { SessionOwner } from './chat-turn.js';
import type { TurnCost } from './turn-cost.js';

/** What another process needs to go on with a turn that waits, besides its message, its events and its session. */
export interface WaitingTurn {
  readonly channel: 'console' | 'api' | 'dify';
  readonly owner: SessionOwner;
  readonly modelUser: ModelUser;
  readonly systemPrompt: string | null;
  readonly tools: ToolChoice;
  readonly usage: ModelUsage | null;
  readonly cost: TurnCost | null;
  readonly firstTokenMs: number | null;
}
