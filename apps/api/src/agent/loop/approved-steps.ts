import type { ApprovalDecision } from '@opsagent/contracts';
import { type Asking, RunLeft, type TurnEvent } from '../agent-runner.js';
import type { Approval } from '../approvals/approval.entity.js';
import type { AskedCall } from '../approvals/approval-desk.js';
import { OutcomeUnknown } from '../approvals/approval.errors.js';
import type { AgentTool, ToolResult } from '../tools/agent-tool.js';
import { finishStep, isToBeAllowed, type Observed, runStep, stopStep } from './run-step.js';
import { runTool } from './run-tool.js';
import { readStep, refused, type Step } from './step.js';
import type { ToolTurn } from './tool-turn.js';

/** Runs a round in which something has to be allowed: what only reads runs at once, the rest as it is decided. */
export async function actRound(
  turn: ToolTurn,
  asking: Asking,
  steps: readonly Step[],
  reason: string,
): Promise<Observed[]> {
  const ending = new AbortController();
  const signal = AbortSignal.any([turn.signal, ending.signal]);
  const round = new ApprovedRound({ ...turn, signal }, asking);
  const asked = await round.ask(steps, reason);
  const started = performance.now();
  const all = steps.map((step) =>
    round.run(step, asked.get(step.id)).catch((error: unknown) => {
      ending.abort(error);
      throw error;
    }),
  );
  const settled = await Promise.allSettled(all);
  turn.budget.countWaiting(performance.now() - started);
  turn.signal.throwIfAborted();
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw ending.signal.reason;
  await asking.keeping.goOn();
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** A request for approval, or why the call can never be made. */
type Asked = Approval | ToolResult;

class ApprovedRound {
  /** Actions are done one after the other. */
  private acting: Promise<unknown> = Promise.resolve();
  /** The steps whose actions were begun here. */
  private readonly begun = new Set<string>();

  constructor(
    private readonly turn: ToolTurn,
    private readonly asking: Asking,
  ) {}

  /** Requests that were stored before the turn was taken over are not made again. */
  async ask(steps: readonly Step[], reason: string): Promise<Map<string, Asked>> {
    const { desk, keeping } = this.asking;
    const known = (await desk.ofRun(this.turn.facts.runId)).map((approval) => [approval.stepId, approval] as const);
    const asked = new Map<string, Asked>(known);
    const calls: AskedCall[] = [];
    for (const step of steps.filter((one) => isToBeAllowed(one) && !asked.has(one.id))) {
      const call = await this.callOf(step, reason);
      if ('status' in call) asked.set(step.id, call);
      else calls.push(call);
    }
    const approvals = await desk.prepare(calls);
    await keeping.save(() => desk.store(approvals));
    for (const approval of approvals) asked.set(approval.stepId, approval);
    const open = steps.flatMap(({ id }) => asked.get(id) ?? []).filter(isOpen);
    await this.turn.emit(open.map(requestedEvent));
    await keeping.save(() => Promise.resolve());
    return asked;
  }

  async run(step: Step, asked: Asked | undefined): Promise<Observed> {
    if (asked === undefined || 'status' in asked) {
      const observed = await runStep(this.turn, asked ? { ...step, verdict: asked } : step);
      await this.asking.keeping.save(() => Promise.resolve());
      return observed;
    }
    try {
      return await this.decide(step, asked);
    } catch (error) {
      // How an action ended that was under way is told already.
      if (!this.begun.has(step.id)) {
        await this.cancel(asked.id);
        await stopStep(this.turn, step, 'stopped');
      }
      throw error;
    }
  }

  /** Who watches the request learns that nobody can decide it any more. */
  private async cancel(id: string): Promise<void> {
    const { signal, emit } = this.turn;
    if (!signal.aborted || signal.reason instanceof RunLeft) return;
    await emit([{ type: 'approval_resolved', approval_id: id, decision: 'cancelled', by: null }]);
  }

  private async decide(step: Step, { id, outcome }: Approval): Promise<Observed> {
    const { desk, keeping } = this.asking;
    const approval = await desk.decided(id, this.turn.signal);
    if (outcome !== 'not_started') throw await this.unknown(approval);
    await this.turn.emit([resolvedEvent(approval)]);
    if (approval.state === 'approved' || approval.state === 'edited')
      return this.inTurn(() => this.act(step, approval));
    const observed = await finishStep(this.turn, step, refused(whyNot(approval)));
    await keeping.save(() => Promise.resolve());
    return observed;
  }

  /** The journal is written before the action begins and after it has ended, each by itself. */
  private async act(step: Step, approval: Approval): Promise<Observed> {
    const { desk, keeping } = this.asking;
    this.turn.signal.throwIfAborted();
    // What is allowed is what is run, not what the model asks for by now.
    const allowed = readStep(this.turn.tools, { ...step.call, arguments: approval.arguments }, step);
    const verdict = allowed.verdict ?? targetChanged(allowed, approval);
    if (verdict) return finishStep(this.turn, step, verdict);
    // Together with a look at whose run it is: a process that has lost it must not act.
    if (!(await keeping.save(() => desk.begin(approval.id)))) throw await this.unknown(approval);
    this.begun.add(step.id);
    try {
      const { result, isOverdue } = await runTool(allowed.tool as AgentTool, allowed.input, this.turn, step.id);
      this.turn.budget.forgetAll();
      const told = isOverdue ? { ...result, message: `${result.message} Nobody knows how far it came.` } : result;
      const observed = await finishStep(this.turn, step, edited(told, approval), isOverdue ? 'unknown' : undefined);
      await keeping.save(() => (isOverdue ? desk.loseTrack(approval.id) : desk.finish(approval.id)));
      return observed;
    } catch (error) {
      await desk.loseTrack(approval.id);
      await stopStep(this.turn, step, 'unknown');
      throw error;
    }
  }

  /** It was begun by a process that is gone. */
  private async unknown(approval: Approval): Promise<Error> {
    await this.asking.desk.loseTrack(approval.id);
    await this.turn.emit([{ type: 'step_finished', step_id: approval.stepId, state: 'unknown', observation: '' }]);
    return new OutcomeUnknown(approval.summary);
  }

  private async callOf({ id: stepId, call, tool, input, risk }: Step, reason: string): Promise<AskedCall | ToolResult> {
    const facts = { ...this.turn.facts, stepId };
    try {
      if (!tool?.describe) return refused('This tool cannot say what it would do, so that nobody can allow it.');
      const { signal } = this.turn;
      const words = await tool.describe(input, { environment: facts.environment, signal });
      return {
        facts,
        tool: tool.name,
        label: tool.label,
        arguments: call.arguments.trim() || '{}',
        risk,
        words,
        reason,
      };
    } catch (error) {
      return refused((error as Error).message);
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.acting.then(work, work);
    this.acting = mine.catch(() => undefined);
    return mine;
  }
}

/** Whoever allowed it meant the machine that was shown. */
function targetChanged({ tool, input }: Step, { target }: Approval): ToolResult | undefined {
  try {
    const now = tool?.targetOf?.(input) ?? target;
    return now === target ? undefined : refused(`It was allowed for ${target}, which is ${now} by now; ask again.`);
  } catch (error) {
    return refused((error as Error).message);
  }
}

function isOpen(asked: Asked): asked is Approval {
  return 'stepId' in asked && asked.state === 'pending';
}

function requestedEvent({ id, stepId, risk, summary, expiresAt }: Approval): TurnEvent {
  return {
    type: 'approval_requested',
    ...{ approval_id: id, step_id: stepId, risk, summary, expires_at: expiresAt.toISOString() },
  };
}

function resolvedEvent({ id, state, decidedBy }: Approval): TurnEvent {
  return { type: 'approval_resolved', approval_id: id, decision: state as ApprovalDecision, by: decidedBy };
}

function whyNot({ state, decidedBy, decisionReason }: Approval): string {
  if (state === 'expired') return 'Nobody allowed this in time. Do not try it again; say what you would have done.';
  if (state === 'cancelled') return 'The request was cancelled.';
  const why = decisionReason === null ? 'no reason was given' : decisionReason;
  return `${decidedBy ?? 'Somebody'} rejected this call: ${why}. Do not try it again in another way.`;
}

/** The model must not take the result for one of the call that it made. */
function edited(result: ToolResult, { state, arguments: text, decidedBy }: Approval): ToolResult {
  if (state !== 'edited') return result;
  return { ...result, edited_by_approver: decidedBy, arguments_used: JSON.parse(text) as unknown };
}
