import { randomUUID } from 'node:crypto';
import type { StepState } from '@opsagent/contracts';
import type { ToolCall } from '../llm-config/wire/model-wire.js';
import type { EmitTurnEvents } from './agent-runner.js';
import type { AgentTool, ToolResult } from './tools/agent-tool.js';
import { problemWith } from './tools/check-input.js';
import type { OfferedTools } from './tools/tool-registry.js';
import type { TurnBudget } from './turn-budget.js';

const DEFAULT_TIMEOUT_MS = 30_000;
const MOST_AT_ONCE = 6;
/** An observation longer than this would crowd out the conversation. */
const LONGEST_OBSERVATION = 16_000;

const STATES: Readonly<Record<ToolResult['status'], StepState>> = {
  ok: 'succeeded',
  no_data: 'succeeded',
  error: 'failed',
  refused: 'refused',
};

/** What a turn's tool calls share. */
export interface ToolTurn {
  readonly tools: OfferedTools;
  readonly budget: TurnBudget;
  readonly emit: EmitTurnEvents;
  readonly signal: AbortSignal;
  /** Steps of the turn so far. */
  steps: number;
}

/** What came of one call, as the model reads it. */
export interface Observation {
  readonly call: ToolCall;
  readonly text: string;
}

interface Step {
  readonly id: string;
  readonly call: ToolCall;
  readonly tool: AgentTool | undefined;
  /** Known without running anything. */
  readonly verdict: ToolResult | undefined;
  readonly input: unknown;
}

/**
 * Runs the calls of one round side by side and tells of each as a step. Whatever goes wrong inside a tool is an observation for the model.
 * @throws the reason of the turn's signal, when it is aborted
 */
export async function runToolRound(turn: ToolTurn, round: number, calls: readonly ToolCall[]): Promise<Observation[]> {
  const steps = calls.map((call) => stepOf(turn, call));
  await turn.emit(
    steps.map((step) => ({
      type: 'step_started',
      step_id: step.id,
      position: (turn.steps += 1),
      round,
      tool: step.call.name,
      label: step.tool?.label ?? { en: step.call.name, zh: step.call.name },
      input: step.call.arguments,
      risk: step.tool?.risk ?? 'read',
    })),
  );
  turn.budget.countRound(steps.every(({ verdict }) => verdict?.status === 'refused'));
  return inParallel(steps, MOST_AT_ONCE, (step) => runStep(turn, step));
}

function stepOf({ tools, budget }: ToolTurn, call: ToolCall): Step {
  const tool = tools.find(call.name);
  const input = readInput(call.arguments);
  return { id: randomUUID(), call, tool, input, verdict: verdictOn(tool, call, input, budget) };
}

function verdictOn(
  tool: AgentTool | undefined,
  call: ToolCall,
  input: unknown,
  budget: TurnBudget,
): ToolResult | undefined {
  const refusal = budget.refusalOf(call.name, call.arguments);
  if (refusal !== undefined) return { status: 'refused', message: refusal };
  if (!tool) return { status: 'error', message: `There is no tool named ${call.name}.` };
  if (input === undefined) {
    const excerpt = call.arguments.slice(0, 200);
    return { status: 'error', message: `The arguments are not valid JSON: ${excerpt}` };
  }
  const problem = problemWith(input, tool.parameters);
  return problem === undefined ? undefined : { status: 'error', message: `Wrong arguments: ${problem}.` };
}

async function runStep(turn: ToolTurn, { id, call, tool, input, verdict }: Step): Promise<Observation> {
  try {
    const result = verdict ?? (await runTool(tool as AgentTool, input, turn.signal));
    const text = observationOf(result);
    await turn.emit([{ type: 'step_finished', step_id: id, state: STATES[result.status], observation: text }]);
    return { call, text };
  } catch (error) {
    if (turn.signal.aborted)
      await turn.emit([{ type: 'step_finished', step_id: id, state: 'stopped', observation: '' }]);
    throw error;
  }
}

/** @throws the reason of `signal`, also when the tool does not care for it */
async function runTool(tool: AgentTool, input: unknown, signal: AbortSignal): Promise<ToolResult> {
  signal.throwIfAborted();
  const timeoutMs = tool.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const ending = new AbortController();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (reason: unknown): void => {
    ending.abort(reason);
    reject(reason);
  };
  const onAbort = (): void => end(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => end(new Error(`The tool did not finish within ${timeoutMs / 1000} s.`)), timeoutMs);
  try {
    return await Promise.race([tool.run(input, { signal: ending.signal }), ended]);
  } catch (error) {
    signal.throwIfAborted();
    return { status: 'error', message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

function observationOf(result: ToolResult): string {
  const text = JSON.stringify(result);
  if (text.length <= LONGEST_OBSERVATION) return text;
  const beginning = text.slice(0, LONGEST_OBSERVATION / 2);
  return JSON.stringify({
    status: result.status,
    message: 'The result was too long; this is its beginning.',
    beginning,
  });
}

function readInput(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function inParallel<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index]);
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  const failed = workers.find((settled) => settled.status === 'rejected');
  if (failed) throw failed.reason;
  return results;
}
