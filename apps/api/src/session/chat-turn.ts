import type { FaultKind, SessionChannel } from '@opsagent/contracts';
import type { ModelUser } from '../llm-config/access/config-access.js';
import type { ToolChoice } from '../agent/tools/tool-registry.js';
import type { TurnFile } from './files/turn-files.js';
import type { TurnCost } from './turn-cost.js';
import type { ModelUsage } from '../llm-config/wire/model-wire.js';

/** To whom a session belongs: a user of ours, or an end user of an app. */
export type SessionOwner = { userId: string } | { appId: string; endUserId: string };

/** An answer that was written before its question was asked. */
export interface ReadyAnswer {
  readonly id: string;
  readonly text: string;
  /** Who gives it. */
  readonly account: { readonly id: string; readonly name: string };
}

/** One question, as a wire hands it to the chat path. */
export interface ChatTurn {
  channel: SessionChannel;
  owner: SessionOwner;
  /** An existing session of that owner; null opens a new one. */
  sessionId: string | null;
  /** For a new session only. */
  newSession: { name: string; userLabel: string | null; inputs: Record<string, unknown> };
  query: string;
  files?: readonly TurnFile[];
  /** The message to follow: none (null) makes a new version of the first turn; left out it is the newest. */
  parentId?: string | null | undefined;
  /** Named by this turn itself. A new session is bound to it. */
  llmConfigId: string | null;
  /** On whose behalf a model is used: of an app, with the configuration that it is set to. */
  modelUser: ModelUser;
  /** With `{{variable}}` for the session's inputs; null takes ours. */
  systemPrompt: string | null;
  /** Which tools may be called; an empty list is a plain chat. */
  tools: ToolChoice;
  /** Of a tool call that changes something: it waits until somebody allows it (streams only), or is refused. */
  dangerousCalls: 'ask' | 'refuse';
  /**
   * `stream`: the pending message is stored at the start, so that it is visible at the first event.
   * `blocking`: one finished row is stored at the end.
   */
  delivery: 'stream' | 'blocking';
  /** Looks for an answer that stands ready, before anything is stored and the model is asked. Never rejects. */
  readyAnswer?: ((signal: AbortSignal) => Promise<ReadyAnswer | null>) | undefined;
}

/** Why a turn failed, in words a user may read. */
export interface TurnError {
  kind: FaultKind;
  code: string;
  detail: string;
}

/** What came of a turn; it is stored when a run hands it out. */
export interface TurnResult {
  status: 'finished' | 'stopped' | 'failed';
  answer: string;
  reasoning: string;
  /** Null when no model call ended. */
  usage: ModelUsage | null;
  /** Null when it is not known. */
  cost: TurnCost | null;
  /** The configuration and model that really answered. */
  llmConfigId: string;
  modelName: string;
  error: TurnError | null;
  firstTokenMs: number | null;
  totalMs: number;
}
