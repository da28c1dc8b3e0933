import type { ArtifactStore } from '../artifacts/artifact-store.js';
import type { Asking, EmitTurnEvents } from '../agent-runner.js';
import type { ToolContext } from '../tools/agent-tool.js';
import type { OfferedTools } from '../tools/tool-registry.js';
import type { TurnBudget } from './turn-budget.js';

/** What tools are told of the turn they work for. */
export type ToolFacts = Omit<ToolContext, 'signal' | 'stepId' | 'emit'>;

/** What a turn's tool calls share. */
export interface ToolTurn {
  readonly tools: OfferedTools;
  readonly budget: TurnBudget;
  readonly artifacts: ArtifactStore;
  /** How a dangerous call is asked for; a text is the reason why it is refused instead. */
  readonly asking: Asking | string;
  readonly emit: EmitTurnEvents;
  readonly signal: AbortSignal;
  readonly facts: ToolFacts;
  /** Characters of one observation. */
  readonly observationCharacters: number;
  /** Steps of the turn so far. */
  steps: number;
}
