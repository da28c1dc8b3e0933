import type { LlmConfigFacts } from '../llm-config-facts.js';
import type { Outbound } from '../../platform/outbound/outbound.js';
import { Faults } from './faults.js';
import { ModelCall } from './model-call.js';
import { ChatModel, type ModelDelta, type ModelRequest } from './model-wire.js';
import type { Patience } from './patience.js';
import { pause, waitBeforeRetry } from './retries.js';
import type { WireDialect } from './wire-dialect.js';

/** Everything the calls of one configuration share. */
export interface ModelConnection {
  readonly dialect: WireDialect;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly patience: Patience;
  readonly outbound: Outbound;
}

/** A model reached over one of the wires: one retry layer before the first delta, none after it. */
export class WiredModel extends ChatModel {
  private readonly faults: Faults;

  constructor(
    config: LlmConfigFacts,
    private readonly connection: ModelConnection,
  ) {
    super();
    this.faults = new Faults(config);
  }

  override async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelDelta[], void, undefined> {
    const { call, first } = await this.begin(request, signal);
    try {
      for (let deltas: ModelDelta[] | undefined = first; deltas; deltas = await call.next()) yield deltas;
    } catch (error) {
      throw this.explain(error, signal);
    } finally {
      call.close();
    }
  }

  /** Asks until deltas come or asking again is no use. */
  private async begin(
    request: ModelRequest,
    signal: AbortSignal,
  ): Promise<{ call: ModelCall; first: ModelDelta[] | undefined }> {
    const body = JSON.stringify(this.connection.dialect.bodyOf(request));
    const startedAt = performance.now();
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      const call = new ModelCall(this.connection, request, signal, startedAt);
      try {
        await call.open(body);
        return { call, first: await call.next() };
      } catch (error) {
        call.close();
        const failure = this.explain(error, signal);
        const wait = waitBeforeRetry(failure, attempt);
        if (wait === undefined || startedAt + this.connection.patience.totalMs < performance.now() + wait)
          throw failure;
        await pause(wait, signal);
      }
    }
  }

  private explain(error: unknown, signal: AbortSignal): unknown {
    return signal.aborted ? signal.reason : this.faults.explain(error);
  }
}
