import type { ChatEvent, LimitWarningDto } from '@opsagent/contracts';
import type { TurnEvent } from '../agent/agent-runner.js';
import { totalOf } from '../llm-config/catalogue/pricing.js';
import type { UsableModel } from '../llm-config/chat-models.js';
import type { ModelRequest, ModelUsage } from '../llm-config/wire/model-wire.js';
import { estimateUsage } from '../llm-config/wire/token-estimate.js';
import type { ReadyAnswer, TurnError, TurnResult } from './chat-turn.js';
import { Follower } from './follower.js';
import type { Run, RunReader } from './run.js';
import { type TurnCost, TurnCosts } from './turn-cost.js';
import { toUsageDto } from './usage.mapper.js';
import { TurnLog } from './turn-log.js';

/** What a run is made of; see `Run` for the words. */
export interface RunFacts {
  runId: string;
  messageId: string;
  sessionId: string;
  createdAt: Date;
  model: UsableModel;
  limitWarning?: LimitWarningDto | null;
}

/** What a run had used before another process went on with it. */
export interface FiguresSoFar {
  readonly usage: ModelUsage | null;
  readonly cost: TurnCost | null;
  readonly firstTokenMs: number | null;
}

/** An answer being made in this process: numbers its events, keeps them for followers and folds them into the result. */
export class LiveRun implements Run {
  readonly runId: string;
  readonly messageId: string;
  readonly sessionId: string;
  readonly createdAt: Date;
  readonly ended: Promise<TurnResult>;
  readyAnswer: ReadyAnswer | null = null;

  /** Every event so far; event `seq` is at `seq - 1`. Empty for a blocking turn, which nobody follows. */
  readonly events: ChatEvent[] = [];
  readonly log = new TurnLog();
  startedMs = performance.now();
  readonly cancel = new AbortController();
  firstTokenMs: number | null = null;

  private readonly followers = new Set<Follower>();
  private readonly end: (result: TurnResult) => void;
  private readonly costs = new TurnCosts();
  model: UsableModel;
  /** The pending message is stored; before that nobody may learn of the run. */
  isOpen = false;
  /** It waits for somebody, and another process could go on with it. */
  waits = false;
  /** It has asked somebody at least once. */
  hasWaited = false;
  /** How many of its events were stored by the process that had it before. */
  storedBefore = 0;
  /** Resolves when this process lets go of the run before its end. */
  readonly left: Promise<void>;
  private readonly letGo: () => void;

  /** @param isFollowed false for a blocking turn: its events are only counted in. */
  constructor(
    facts: RunFacts,
    private readonly isFollowed: boolean,
    events?: readonly ChatEvent[],
  ) {
    this.runId = facts.runId;
    this.messageId = facts.messageId;
    this.sessionId = facts.sessionId;
    this.createdAt = facts.createdAt;
    this.model = facts.model;
    const { promise, resolve } = Promise.withResolvers<TurnResult>();
    this.ended = promise;
    this.end = resolve;
    const leaving = Promise.withResolvers<void>();
    this.left = leaving.promise;
    this.letGo = leaving.resolve;
    if (events) return;
    this.keep({
      type: 'turn_started',
      session_id: facts.sessionId,
      llm_config_id: facts.model.configId,
      model_name: facts.model.modelName,
      ...(facts.limitWarning ? { limit_warning: facts.limitWarning } : {}),
    });
  }

  /** A run that another process began: goes on counting where the stored events end. */
  static restored(facts: RunFacts, events: readonly ChatEvent[], figures: FiguresSoFar): LiveRun {
    const run = new LiveRun(facts, true, events);
    for (const event of events) {
      run.events.push(event);
      run.log.add(event);
    }
    run.log.goOnFrom(figures.usage);
    run.firstTokenMs = figures.firstTokenMs;
    run.costs.goOnFrom(figures.cost, figures.usage !== null);
    run.startedMs -= Date.now() - facts.createdAt.getTime();
    run.storedBefore = events.at(-1)?.seq ?? 0;
    run.isOpen = true;
    run.waits = true;
    run.hasWaited = true;
    return run;
  }

  /** The configuration that answers. */
  get llmConfigId(): string {
    return this.model.configId;
  }

  get modelName(): string {
    return this.model.modelName;
  }

  get cost(): TurnCost | null {
    return this.costs.sum();
  }

  /** About what a call took that was cut off: it told nobody, and is paid for all the same. */
  cutOff(asked: () => ModelRequest): { usage: ModelUsage | null; cost: Pick<TurnCost, 'total' | 'currency'> | null } {
    const { answer, reasoning } = this.log.unmetered;
    if (answer === '' && reasoning === '') return { usage: null, cost: null };
    const usage = estimateUsage(asked(), answer, reasoning);
    return { usage, cost: totalOf(this.model.pricing.priceOf(usage, new Date())) };
  }

  follow(afterSeq: number, reader: RunReader): () => void {
    const follower = new Follower(this.events, afterSeq, reader);
    this.followers.add(follower);
    if (this.isOpen) void follower.pump();
    return () => {
      follower.leave();
      this.followers.delete(follower);
    };
  }

  stop(): void {
    this.cancel.abort(new TurnStopped());
  }

  /** This process has no more to do with it; its followers read on from the tables. */
  leave(): void {
    this.letGo();
  }

  /** From now on followers read: the pending message is stored. */
  open(): void {
    this.isOpen = true;
    for (const follower of this.followers) void follower.pump();
  }

  /** Takes events from the agent. The answered promise means that every follower is behind. */
  emit(events: readonly TurnEvent[]): Promise<void> | undefined {
    for (const event of events) {
      if (this.firstTokenMs === null && (event.type === 'text' || event.type === 'reasoning'))
        this.firstTokenMs = tenths(performance.now() - this.startedMs);
      this.log.add(event);
      if (event.type === 'model_usage') this.costs.add(this.model.pricing.priceOf(event.usage, new Date()));
      else if (event.type === 'model_changed') this.changeModel(event);
      else this.keep(event);
    }
    return this.deliver();
  }

  /** What came of the turn so far, under the given end. */
  conclude(status: TurnResult['status'], error: TurnError | null): TurnResult {
    this.log.closeSteps(status === 'stopped' ? 'stopped' : 'failed');
    const { answer, reasoning, usage } = this.log;
    const totalMs = tenths(performance.now() - this.startedMs);
    const { llmConfigId, modelName, cost, firstTokenMs } = this;
    return { status, answer, reasoning, usage, cost, llmConfigId, modelName, error, firstTokenMs, totalMs };
  }

  /** Says the stored end to every follower. */
  finish(result: TurnResult): void {
    const { usage, cost, firstTokenMs, totalMs } = result;
    if (usage)
      this.keep({
        type: 'usage',
        usage: toUsageDto(usage),
        first_token_ms: firstTokenMs,
        total_ms: totalMs,
        total_price: cost?.total ?? null,
        currency: cost?.currency ?? null,
      });
    if (result.error) this.keep({ type: 'turn_failed', ...result.error });
    else this.keep({ type: 'turn_finished', status: result.status === 'stopped' ? 'stopped' : 'finished' });
    this.isOpen = true;
    void this.deliver();
    this.end(result);
  }

  private changeModel({ model, from, fault }: Extract<TurnEvent, { type: 'model_changed' }>): void {
    this.model = model;
    this.keep({
      type: 'model_changed',
      llm_config_id: model.configId,
      model_name: model.modelName,
      from_llm_config_id: from,
      kind: fault,
    });
  }

  private deliver(): Promise<void> | undefined {
    if (!this.isOpen || this.followers.size === 0) return undefined;
    let hasFastFollower = false;
    for (const follower of this.followers) if (follower.pump() === undefined) hasFastFollower = true;
    if (hasFastFollower) return undefined;
    const stopped = new Promise<void>((resolve) =>
      this.cancel.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    return Promise.race([stopped, ...[...this.followers].map((follower) => follower.ready)]);
  }

  private keep(event: Numbered): void {
    if (!this.isFollowed) return;
    const seq = this.events.length + 1;
    this.events.push({ ...event, seq, run_id: this.runId, message_id: this.messageId });
  }
}

/** Why an answer was ended by its reader or by its owner. */
export class TurnStopped extends Error {
  constructor() {
    super('The turn was stopped.');
  }
}

/** To a tenth of a millisecond, which the table keeps exactly. */
function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

type WithoutNumber<E> = E extends ChatEvent ? Omit<E, 'seq' | 'run_id' | 'message_id'> : never;
type Numbered = WithoutNumber<ChatEvent>;
