import { Readable } from 'node:stream';
import type { Outbound, OutboundResponse } from '../../platform/outbound/outbound.js';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { Faults } from '../wire/faults.js';
import { headersOf } from '../wire/model-wires.js';
import { CallTimer, type Patience } from '../wire/patience.js';
import { pause, waitBeforeRetry } from '../wire/retries.js';

/** What is sent to a speech endpoint; its bytes are made anew for every attempt. */
export interface SpeechRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: () => string | AsyncIterable<Buffer>;
}

/** Reads an answer, whole or its beginning, and sees to it that its call is closed in the end. */
type ReadSpeech<T> = (response: OutboundResponse, call: SpeechCall) => Promise<T>;

/** Calls of one configuration's speech endpoints: with its key, its timers and its faults. */
export class SpeechCalls {
  private readonly faults: Faults;

  constructor(
    private readonly config: LlmConfigFacts,
    private readonly outbound: Outbound,
    private readonly patience: Patience,
  ) {
    this.faults = new Faults(config);
  }

  /**
   * Sends a request until something is read from its answer or asking again is no use.
   * @throws UpstreamFailed; the reason of `signal` when it is aborted
   */
  async ask<T>(request: SpeechRequest, signal: AbortSignal, read: ReadSpeech<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      try {
        return await this.attempt(request, signal, read);
      } catch (error) {
        signal.throwIfAborted();
        const failure = this.faults.explain(error);
        const wait = waitBeforeRetry(failure, attempt);
        if (wait === undefined) throw failure;
        await pause(wait, signal);
      }
    }
  }

  private async attempt<T>(
    { path, headers, body }: SpeechRequest,
    signal: AbortSignal,
    read: ReadSpeech<T>,
  ): Promise<T> {
    const { config, patience } = this;
    const call = new SpeechCall(patience, this.outbound, this.faults, signal);
    try {
      const response = await call.open(config.baseUrl + path, { ...headersOf(config), ...headers }, body());
      return await read(response, call);
    } catch (error) {
      call.close();
      throw call.reasonOf(error);
    }
  }
}

/** One call of a speech endpoint, until its answer has come. */
export class SpeechCall {
  private response: OutboundResponse | undefined;
  private readonly ending = new AbortController();
  private readonly timer: CallTimer;

  constructor(
    private readonly patience: Patience,
    private readonly outbound: Outbound,
    private readonly faults: Faults,
    private readonly signal: AbortSignal,
  ) {
    this.timer = new CallTimer(patience, performance.now(), outbound.deadlines, (because) =>
      this.ending.abort(because),
    );
  }

  async open(
    url: string,
    headers: Record<string, string>,
    body: string | AsyncIterable<Buffer>,
  ): Promise<OutboundResponse> {
    this.response = await this.outbound.request(url, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : Readable.from(this.sending(body)),
      signal: AbortSignal.any([this.signal, this.ending.signal]),
      connectMs: this.patience.connectMs,
      totalMs: this.timer.remainingMs,
      sent: () => this.timer.awaitFirstByte(),
    });
    return this.response;
  }

  /** The answer is waited for from the last piece on: a recording may take its time. */
  private async *sending(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
    for await (const piece of body) {
      yield piece;
      this.timer.awaitFirstByte();
    }
  }

  /** The bytes as they come. @throws as `ask` does */
  async *bytesOf({ body }: OutboundResponse): AsyncGenerator<Buffer, void, undefined> {
    try {
      for await (const piece of body) {
        this.timer.awaitNext(false);
        yield piece;
      }
    } catch (error) {
      this.signal.throwIfAborted();
      throw this.faults.explain(this.reasonOf(error));
    } finally {
      this.close();
    }
  }

  /** Ends the call; what has not come is not waited for. */
  close(): void {
    this.timer.stop();
    this.response?.body.destroy();
  }

  /** A timer of ours ends a call by an abort, and says why. */
  reasonOf(error: unknown): unknown {
    return this.ending.signal.aborted ? this.ending.signal.reason : error;
  }
}
