import { randomUUID } from 'node:crypto';
import type { ToolRisk } from '@opsagent/contracts';
import type { ToolCall } from '../../llm-config/wire/model-wire.js';
import type { TurnEvent } from '../agent-runner.js';
import { canonical } from '../approvals/arguments-hash.js';
import { valueWithoutSecrets } from '../safety/secrets.js';
import type { AgentTool, ToolResult } from '../tools/agent-tool.js';
import { problemWith } from '../tools/check-input.js';
import type { OfferedTools } from '../tools/tool-registry.js';
import type { ToolTurn } from './tool-turn.js';
import { TURN_LIMITS } from './turn-limits.js';

/** One call on its way. */
export interface Step {
  readonly id: string;
  readonly position: number;
  readonly call: ToolCall;
  readonly tool: AgentTool | undefined;
  readonly input: unknown;
  /** The same for the same tool and input. */
  readonly key: string;
  readonly risk: ToolRisk;
  /** Known without running anything. */
  readonly verdict: ToolResult | undefined;
}

/** A call of the model as a step, refused or wrong where that is clear at once. */
export function newStep(turn: ToolTurn, call: ToolCall, index: number): Step {
  const step = readStep(turn.tools, call, { id: randomUUID(), position: (turn.steps += 1) });
  if (index >= TURN_LIMITS.callsAtOnce) {
    return { ...step, verdict: refused(`At most ${TURN_LIMITS.callsAtOnce} calls are run at once.`) };
  }
  const refusal = turn.budget.refusalOf(step.key, step.position);
  return refusal === undefined ? step : { ...step, verdict: refused(refusal) };
}

/** A step from its call alone. */
export function readStep(tools: OfferedTools, call: ToolCall, at: Pick<Step, 'id' | 'position'>): Step {
  const tool = tools.find(call.name);
  const input = call.arguments.length > TURN_LIMITS.argumentCharacters ? undefined : readInput(call.arguments);
  const key = `${call.name} ${input === undefined ? call.arguments : canonical(input)}`;
  const verdict = verdictOn(tool, call, input);
  return { ...at, call, tool, input, key, verdict, risk: verdict ? (tool?.risk ?? 'read') : riskOf(tool, input) };
}

export function startedEvent({ id, position, call, tool, risk, input }: Step, round: number): TurnEvent {
  const label = tool?.label ?? { en: call.name, zh: call.name };
  return {
    ...{ type: 'step_started', step_id: id, position, round, tool: call.name, label, risk },
    input: shownInput(call.arguments, input),
  };
}

export function refused(message: string): ToolResult {
  return { status: 'refused', message };
}

function verdictOn(tool: AgentTool | undefined, call: ToolCall, input: unknown): ToolResult | undefined {
  if (!tool) return { status: 'error', message: `There is no tool named ${call.name}.` };
  if (call.arguments.length > TURN_LIMITS.argumentCharacters) {
    return { status: 'error', message: `The arguments are longer than ${TURN_LIMITS.argumentCharacters} characters.` };
  }
  if (input === undefined) {
    return { status: 'error', message: `The arguments are not valid JSON: ${call.arguments.slice(0, 200)}` };
  }
  const problem = problemWith(input, tool.parameters);
  return problem === undefined ? undefined : { status: 'error', message: `Wrong arguments: ${problem}.` };
}

/** What cannot be told is dangerous. */
function riskOf(tool: AgentTool | undefined, input: unknown): ToolRisk {
  if (!tool) return 'read';
  try {
    return tool.riskOf?.(input) ?? tool.risk;
  } catch {
    return 'dangerous';
  }
}

function readInput(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The arguments as everybody may see them. */
function shownInput(text: string, input: unknown): string {
  if (input === undefined) return text.slice(0, 2_000).toWellFormed();
  const safe = JSON.stringify(valueWithoutSecrets(input));
  return safe === JSON.stringify(input) ? text : safe;
}
