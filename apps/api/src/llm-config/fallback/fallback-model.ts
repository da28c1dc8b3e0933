import type { FaultKind } from '@opsagent/contracts';
import type { Clock } from '../../platform/clock/clock.js';
import type { UsableModel } from '../chat-models.js';
import { ChatModel, type ModelDelta, type ModelRequest, UpstreamFailed } from '../wire/model-wire.js';
import type { CoolDown } from './cool-down.js';

/** What another model may be free of; a request that is wrong itself would be refused by all of them. */
const CURABLE: ReadonlySet<FaultKind> = new Set([
  'invalid_key',
  'permission',
  'insufficient_balance',
  'rate_limit',
  'quota_window',
  'overloaded',
  'server',
  'timeout',
  'unreachable',
  'model_not_found',
]);

/** One configuration of a chain. */
export interface ChainLink {
  readonly usable: UsableModel;
  readonly model: ChatModel;
  readonly coolDown: CoolDown;
}

type Stream = AsyncIterator<ModelDelta[], void>;

/** A model that is known not to see would refuse the whole request for its images. */
function seenBy({ usable }: ChainLink, request: ModelRequest): ModelRequest {
  if (usable.vision !== false) return request;
  const messages = request.messages.map((message) =>
    message.role === 'user' ? { role: message.role, content: message.content } : message,
  );
  return { ...request, messages };
}

/**
 * A chain of models for one run: the next one is asked when one fails before its first delta.
 * The one that answered once answers the rest of the run: the history of its tool calls is its own.
 */
export class FallbackModel extends ChatModel {
  private settled: ChainLink | undefined;
  /** Whether the reader knows who answers. */
  private isTold = false;
  private readonly first: ChainLink;

  constructor(
    private readonly chain: readonly [ChainLink, ...ChainLink[]],
    private readonly clock: Clock,
  ) {
    super();
    this.first = chain[0];
  }

  override get asked(): ChatModel {
    return (this.settled ?? this.first).model;
  }

  override async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelDelta[], void, undefined> {
    const { link, stream, first } = await this.begin(request, signal);
    try {
      if (first.done) return;
      yield this.told(link, first.value);
      for (let next = await stream.next(); !next.done; next = await stream.next()) yield next.value;
    } finally {
      await stream.return?.();
    }
  }

  private async begin(
    request: ModelRequest,
    signal: AbortSignal,
  ): Promise<{ link: ChainLink; stream: Stream; first: IteratorResult<ModelDelta[], void> }> {
    let failure: UpstreamFailed | undefined;
    let others = 0;
    for (const link of this.candidates()) {
      const stream = link.model.stream(seenBy(link, request), signal)[Symbol.asyncIterator]() as Stream;
      try {
        const first = await stream.next();
        link.coolDown.answered();
        this.settled = link;
        return { link, stream, first };
      } catch (error) {
        this.note(link, error, signal);
        if (link === this.first) failure = error as UpstreamFailed;
        else others += 1;
      }
    }
    throw allFailed(failure as UpstreamFailed, others);
  }

  /** Those that rest are passed over; the first one is asked all the same when nobody else is left. */
  private *candidates(): Generator<ChainLink> {
    if (this.settled) {
      yield this.settled;
      return;
    }
    let wasFirstAsked = false;
    for (const link of this.chain) {
      if (!link.coolDown.mayTry(this.clock.monotonicMs())) continue;
      wasFirstAsked ||= link === this.first;
      yield link;
    }
    if (!wasFirstAsked) yield this.first;
  }

  /** @throws `error` when no other model is to be asked because of it */
  private note(link: ChainLink, error: unknown, signal: AbortSignal): void {
    if (signal.aborted || !(error instanceof UpstreamFailed)) {
      link.coolDown.abandoned();
      throw error;
    }
    if (!CURABLE.has(error.fault)) {
      // It does answer: the same request, changed, is for it and nobody else.
      link.coolDown.answered();
      this.settled = link;
      throw error;
    }
    link.coolDown.failed(error.fault, this.clock.monotonicMs());
    if (this.settled) throw error;
  }

  private told(link: ChainLink, deltas: ModelDelta[]): ModelDelta[] {
    if (this.isTold || link === this.first) return deltas;
    this.isTold = true;
    const fault = this.first.coolDown.lastFault ?? 'server';
    return [{ type: 'model_changed', model: link.usable, from: this.first.usable.configId, fault }, ...deltas];
  }
}

function allFailed(first: UpstreamFailed, others: number): UpstreamFailed {
  if (others === 0) return first;
  const also =
    others === 1 ? 'The other configuration of its chain' : `The ${others} other configurations of its chain`;
  return new UpstreamFailed(first.fault, `${first.message} ${also} failed too.`, first.facts, { cause: first });
}
