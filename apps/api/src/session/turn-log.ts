import type { ChatEvent, StepState, ToolRisk } from '@opsagent/contracts';
import type { TurnEvent } from '../agent/agent-runner.js';
import type { ModelUsage } from '../llm-config/wire/model-wire.js';

/** One tool call while its answer is being made. */
export interface LoggedStep {
  id: string;
  position: number;
  round: number;
  thought: string;
  reasoning: string;
  tool: string;
  label: { en: string; zh: string };
  input: string;
  observation: string;
  artifactId: string | null;
  risk: ToolRisk;
  state: StepState;
  startedAt: Date;
  finishedAt: Date | null;
}

const NO_USAGE: ModelUsage = {
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  reasoningTokens: 0,
  estimated: false,
};

/** Folds a turn's events into what is stored of it: the same for a live run and for one that is put together after a crash. */
export class TurnLog {
  answer = '';
  reasoning = '';
  usage: ModelUsage | null = null;
  readonly steps: LoggedStep[] = [];
  /** How much of the answer and of the reasoning came before the last word on tokens. */
  private metered = { answer: 0, reasoning: 0 };
  /** Where the text of the current round begins in the answer. */
  private roundStart = 0;
  private reasoningStart = 0;
  /** The steps that wait, by what is to be decided. */
  private readonly waiting = new Map<string, LoggedStep>();

  add(event: TurnEvent | ChatEvent): void {
    switch (event.type) {
      case 'text':
        this.answer += event.delta;
        return;
      case 'reasoning':
        this.reasoning += event.delta;
        return;
      case 'model_usage':
        this.usage = sum(this.usage ?? NO_USAGE, event.usage);
        this.metered = { answer: this.answer.length, reasoning: this.reasoning.length };
        return;
      case 'step_started':
        this.startStep(event);
        return;
      case 'step_finished':
        this.finishStep(event);
        return;
      case 'approval_requested':
        this.setWaiting(event);
        return;
      case 'approval_resolved':
        this.setDecided(event);
        return;
      default:
    }
  }

  /** All of it so far is in these figures. */
  goOnFrom(usage: ModelUsage | null): void {
    this.usage = usage;
    this.metered = { answer: this.answer.length, reasoning: this.reasoning.length };
  }

  /** What a model said whose call was cut off before it told how much it took. */
  get unmetered(): { answer: string; reasoning: string } {
    return {
      answer: this.answer.slice(this.metered.answer),
      reasoning: this.reasoning.slice(this.metered.reasoning),
    };
  }

  /** Steps still running when the turn ends were never answered. */
  closeSteps(state: StepState): void {
    for (const step of this.steps) {
      if (!isOpen(step)) continue;
      step.state = state;
      step.finishedAt = new Date();
    }
  }

  /** What somebody knows better than the events. */
  setState(stepId: string, state: StepState): void {
    const step = this.steps.find(({ id }) => id === stepId);
    if (step) step.state = state;
  }

  private startStep(event: Extract<TurnEvent, { type: 'step_started' }>): void {
    const before = this.steps.at(-1);
    const isSameRound = before?.round === event.round;
    const thought = isSameRound ? before.thought : this.answer.slice(this.roundStart);
    const reasoning = isSameRound ? before.reasoning : this.reasoning.slice(this.reasoningStart);
    this.roundStart = this.answer.length;
    this.reasoningStart = this.reasoning.length;
    this.steps.push({
      id: event.step_id,
      position: event.position,
      round: event.round,
      thought,
      reasoning,
      tool: event.tool,
      label: event.label,
      input: event.input,
      observation: '',
      artifactId: null,
      risk: event.risk,
      state: 'running',
      startedAt: new Date(),
      finishedAt: null,
    });
  }

  private setWaiting({ approval_id, step_id }: Extract<TurnEvent, { type: 'approval_requested' }>): void {
    const step = this.steps.find(({ id }) => id === step_id);
    if (!step || !isOpen(step)) return;
    step.state = 'waiting_approval';
    this.waiting.set(approval_id, step);
  }

  private setDecided({ approval_id }: Extract<TurnEvent, { type: 'approval_resolved' }>): void {
    const step = this.waiting.get(approval_id);
    if (step?.state === 'waiting_approval') step.state = 'running';
  }

  private finishStep(event: Extract<TurnEvent, { type: 'step_finished' }>): void {
    const step = this.steps.find(({ id }) => id === event.step_id);
    if (!step) return;
    step.observation = event.observation;
    step.artifactId = event.artifact_id ?? null;
    step.state = event.state;
    step.finishedAt = new Date();
  }
}

/** Whether the call has not ended. */
export function isOpen({ state }: Pick<LoggedStep, 'state'>): boolean {
  return state === 'running' || state === 'waiting_approval';
}

function sum(a: ModelUsage, b: ModelUsage): ModelUsage {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
    estimated: a.estimated || b.estimated,
  };
}
