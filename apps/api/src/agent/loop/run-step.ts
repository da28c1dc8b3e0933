import type { StepState } from '@opsagent/contracts';
import type { ToolCall } from '../../llm-config/wire/model-wire.js';
import { RunLeft } from '../agent-runner.js';
import type { AgentTool, ToolResult } from '../tools/agent-tool.js';
import { type Observation, observationOf, STATE_OF } from './observation.js';
import { runTool } from './run-tool.js';
import type { Step } from './step.js';
import type { ToolTurn } from './tool-turn.js';

/** What came of one call, and of which. */
export interface Observed extends Observation {
  readonly stepId: string;
  readonly position: number;
  readonly state: StepState;
  readonly call: ToolCall;
}

/** Whether somebody has to allow a step before it is run. */
export function isToBeAllowed({ verdict, risk }: Step): boolean {
  return verdict === undefined && risk === 'dangerous';
}

/** Runs a step that nobody has to allow. */
export async function runStep(turn: ToolTurn, step: Step): Promise<Observed> {
  try {
    const result = step.verdict ?? (await runTool(step.tool as AgentTool, step.input, turn, step.id)).result;
    if (result.status === 'error') turn.budget.forget(step.key);
    return await finishStep(turn, step, result);
  } catch (error) {
    await stopStep(turn, step, 'stopped');
    throw error;
  }
}

/** Tells how a step ended. */
export async function finishStep(
  turn: ToolTurn,
  { id, position, call }: Step,
  result: ToolResult,
  state: StepState = STATE_OF[result.status],
): Promise<Observed> {
  const { text, artifactId } = await observationOf(turn, id, result);
  const whole = artifactId === null ? {} : { artifact_id: artifactId };
  await turn.emit([{ type: 'step_finished', step_id: id, state, observation: text, ...whole }]);
  return { stepId: id, position, call, state, text, artifactId };
}

/** Tells of a step that its turn was ended inside; nothing where only this process has let go of the turn. */
export async function stopStep({ signal, emit }: ToolTurn, { id }: Step, state: StepState): Promise<void> {
  if (!signal.aborted || signal.reason instanceof RunLeft) return;
  await emit([{ type: 'step_finished', step_id: id, state, observation: '' }]);
}
