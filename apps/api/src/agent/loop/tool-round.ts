import type { ToolCall } from '../../llm-config/wire/model-wire.js';
import { actRound } from './approved-steps.js';
import { inParallel } from './in-parallel.js';
import { isToBeAllowed, type Observed, runStep } from './run-step.js';
import { newStep, refused, startedEvent, type Step } from './step.js';
import type { ToolTurn } from './tool-turn.js';
import { TOOLS_AT_ONCE } from './turn-limits.js';

/**
 * Runs the calls of one round side by side and tells of each as a step; what changes something waits until it is allowed.
 * Whatever goes wrong inside a tool is an observation for the model.
 * @throws the reason of the turn's signal, when it is aborted; RunLost
 */
export async function runToolRound(
  turn: ToolTurn,
  round: number,
  calls: readonly ToolCall[],
  reason = '',
): Promise<Observed[]> {
  const steps = calls.map((call, index) => newStep(turn, call, index));
  await turn.emit(steps.map((step) => startedEvent(step, round)));
  turn.budget.countRound(steps.every(({ verdict }) => verdict !== undefined));
  return runSteps(turn, steps, reason);
}

/** Runs steps that were told of already. */
export function runSteps(turn: ToolTurn, steps: readonly Step[], reason: string): Promise<Observed[]> {
  const { asking } = turn;
  if (!steps.some(isToBeAllowed)) return inParallel(steps, TOOLS_AT_ONCE, (step) => runStep(turn, step));
  if (typeof asking !== 'string') return actRound(turn, asking, steps, reason);
  const answered = steps.map((step) => (isToBeAllowed(step) ? { ...step, verdict: refused(asking) } : step));
  return inParallel(answered, TOOLS_AT_ONCE, (step) => runStep(turn, step));
}
