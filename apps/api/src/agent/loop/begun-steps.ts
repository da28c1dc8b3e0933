import type { ToolCall } from '../../llm-config/wire/model-wire.js';
import type { BegunStep } from '../agent-runner.js';
import { callId } from './own-calls.js';
import type { Observed } from './run-step.js';
import { readStep, type Step } from './step.js';
import { runSteps } from './tool-round.js';
import type { ToolTurn } from './tool-turn.js';

const OPEN = ['running', 'waiting_approval'];

/** Goes on with the last round of a turn that was left: what has ended is not run again. */
export async function goOnWithRound(
  turn: ToolTurn,
  begun: readonly BegunStep[],
  round: number,
  turnIndex: number,
): Promise<Observed[]> {
  const ofRound = begun.filter((step) => step.round === round);
  const observed = new Map<string, Observed>();
  const open: Step[] = [];
  for (const [index, step] of ofRound.entries()) {
    const call: ToolCall = { id: callId(turnIndex, round, index), name: step.tool, arguments: step.input };
    if (OPEN.includes(step.state)) open.push(readStep(turn.tools, call, step));
    else observed.set(step.id, endedStep(step, call));
  }
  const reason = ofRound[0]?.thought ?? '';
  await closeJournal(turn, begun);
  for (const one of await runSteps(turn, open, reason)) observed.set(one.stepId, one);
  // Nothing may have been left to be decided.
  if (typeof turn.asking !== 'string') await turn.asking.keeping.goOn();
  return ofRound.flatMap(({ id }) => observed.get(id) ?? []);
}

/** An action whose result is told has ended, also where its process died before it noted that. */
async function closeJournal({ asking, facts }: ToolTurn, begun: readonly BegunStep[]): Promise<void> {
  if (typeof asking === 'string') return;
  const states = new Map(begun.map(({ id, state }) => [id, state]));
  for (const { id, stepId } of await asking.desk.ofRun(facts.runId)) {
    const state = states.get(stepId) ?? 'running';
    if (state === 'unknown') await asking.desk.loseTrack(id);
    else if (!OPEN.includes(state)) await asking.desk.finish(id);
  }
}

/** What the turn has used before it was left. */
export function countBegun(turn: ToolTurn, begun: readonly BegunStep[]): void {
  const rounds = Math.max(0, ...begun.map(({ round }) => round));
  for (let round = 0; round < rounds; round += 1) turn.budget.countModelCall();
  for (const step of begun) {
    const { key } = readStep(turn.tools, { id: '', name: step.tool, arguments: step.input }, step);
    turn.budget.refusalOf(key, step.position);
    turn.steps = Math.max(turn.steps, step.position);
  }
}

function endedStep({ id, position, state, observation }: BegunStep, call: ToolCall): Observed {
  return { stepId: id, position, call, state, text: observation, artifactId: null };
}
