import type {
  ApprovalRequestedEvent,
  ApprovalResolvedEvent,
  ChatEvent,
  LimitWarningDto,
  ModelChangedEvent,
  StepFinishedEvent,
  StepStartedEvent,
  TurnStartedEvent,
  UsageEvent,
} from '@opsagent/contracts';
import type { AnswerPart, StepView, Turn } from '../turn.js';

/** So much of a running tool's output is kept for watching; its result comes whole at the end. */
const WATCHED_LINES = 200;
const WATCHED_CHARACTERS = 100_000;

/** Gathers a running answer from its events; `view()` gives what to show now. */
export class LiveAnswer {
  private readonly parts: AnswerPart[] = [];
  private readonly startedAt = new Map<string, number>();
  private thinkingSince: number | null = null;

  /** @param now the clock, or null when the events are older than their arrival: then durations are unknown. */
  constructor(
    private turn: Turn,
    private readonly now: (() => number) | null = () => performance.now(),
  ) {}

  /** The session that the first event named, null before it. */
  sessionId: string | null = null;
  runId: string | null = null;
  /** A budget most of which is used up. */
  limitWarning: LimitWarningDto | null = null;

  apply(events: readonly ChatEvent[]): void {
    for (const event of events) this.applyOne(event);
  }

  /** Changes what no event says, such as a question that was refused. */
  patch(change: Partial<Turn>): void {
    this.turn = { ...this.turn, ...change };
  }

  /** What there is so far; every part that changed since the last view is a new object. */
  view(): Turn {
    return { ...this.turn, parts: [...this.parts] };
  }

  private applyOne(event: ChatEvent): void {
    switch (event.type) {
      case 'turn_started':
        this.sessionId = event.session_id;
        this.runId = event.run_id;
        this.limitWarning = event.limit_warning ?? null;
        return this.begin(event);
      case 'model_changed':
        return this.changeModel(event);
      case 'text':
        this.endThinking();
        return this.addText(event.delta);
      case 'reasoning':
        this.thinkingSince ??= this.now?.() ?? null;
        return this.patch({ reasoning: this.turn.reasoning + event.delta });
      case 'step_started':
        this.endThinking();
        return this.addStep(event);
      case 'step_output':
        return this.changeStep(event.step_id, (step) => ({ observation: lastLines(step.observation + event.delta) }));
      case 'approval_requested':
        return this.awaitApproval(event);
      case 'approval_resolved':
        return this.resolveApproval(event);
      case 'step_finished':
        return this.finishStep(event);
      case 'usage':
        return this.setFigures(event);
      case 'turn_finished':
        return this.end({ status: event.status });
      case 'turn_failed':
        return this.end({ status: 'failed', error: { kind: event.kind, code: event.code, detail: event.detail } });
    }
  }

  private begin({ message_id, run_id, llm_config_id, model_name }: TurnStartedEvent): void {
    this.patch({ message_id, run_id, llm_config_id, model_name, status: 'running' });
  }

  private changeModel({ llm_config_id, model_name, kind }: ModelChangedEvent): void {
    const modelChange = { from: this.turn.model_name ?? '', kind };
    this.patch({ llm_config_id, model_name, modelChange });
  }

  private setFigures({ usage, first_token_ms, total_ms, total_price, currency }: UsageEvent): void {
    this.patch({ usage, first_token_ms, total_ms, total_price, currency });
  }

  private end(change: Partial<Turn>): void {
    this.endThinking();
    this.patch(change);
  }

  private endThinking(): void {
    if (this.thinkingSince === null || !this.now) return;
    const took = this.now() - this.thinkingSince;
    this.patch({ reasoningMs: (this.turn.reasoningMs ?? 0) + took });
    this.thinkingSince = null;
  }

  private addText(delta: string): void {
    const last = this.parts.at(-1);
    if (last?.kind === 'text') this.parts[this.parts.length - 1] = { kind: 'text', text: last.text + delta };
    else this.parts.push({ kind: 'text', text: delta });
  }

  private addStep({ step_id, position, round, tool, label, input, risk }: StepStartedEvent): void {
    if (this.now) this.startedAt.set(step_id, this.now());
    const step: StepView = {
      ...{ step_id, position, tool, label, input, risk, observation: '', artifact_id: null },
      ...{ state: 'running', approval: null, tookMs: null },
    };
    const last = this.parts.at(-1);
    if (last?.kind !== 'steps' || last.round !== round) this.parts.push({ kind: 'steps', round, steps: [step] });
    else this.parts[this.parts.length - 1] = { ...last, steps: [...last.steps, step] };
  }

  private awaitApproval({ step_id, approval_id: id, summary }: ApprovalRequestedEvent): void {
    const approval = { id, summary, decision: null, by: null };
    this.changeStep(step_id, () => ({ state: 'waiting_approval', approval }));
  }

  /** From here on the action counts, not the waiting; what was not allowed is finished by an event of its own. */
  private resolveApproval({ approval_id, decision, by }: ApprovalResolvedEvent): void {
    const steps = this.parts.flatMap((part) => (part.kind === 'steps' ? part.steps : []));
    const step = steps.find(({ approval }) => approval?.id === approval_id);
    if (!step?.approval) return;
    const approval = { ...step.approval, decision, by };
    if (this.now) this.startedAt.set(step.step_id, this.now());
    const isAllowed = decision === 'approved' || decision === 'edited';
    this.changeStep(step.step_id, () => ({ approval, ...(isAllowed ? { state: 'running' as const } : {}) }));
  }

  private finishStep({ step_id, state, observation, artifact_id }: StepFinishedEvent): void {
    const startedAt = this.startedAt.get(step_id);
    const elapsed = this.now && startedAt !== undefined ? this.now() - startedAt : 0;
    // What arrives together, as after a decision, tells nothing of the time between.
    const tookMs = elapsed >= 1 ? elapsed : null;
    this.changeStep(step_id, () => ({ state, observation, artifact_id: artifact_id ?? null, tookMs }));
  }

  private changeStep(id: string, change: (step: StepView) => Partial<StepView>): void {
    const index = this.parts.findIndex((part) => part.kind === 'steps' && part.steps.some((s) => s.step_id === id));
    const part = this.parts[index];
    if (part?.kind !== 'steps') return;
    const steps = part.steps.map((step) => (step.step_id === id ? { ...step, ...change(step) } : step));
    this.parts[index] = { ...part, steps };
  }
}

function lastLines(text: string): string {
  const kept = text.slice(-WATCHED_CHARACTERS).split('\n');
  return kept.slice(-WATCHED_LINES - 1).join('\n');
}
