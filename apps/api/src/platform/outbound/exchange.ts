import type { IncomingHttpHeaders } from 'node:http';
import { errors, type Dispatcher } from 'undici';
import {
  AnswerTooLarge,
  ConnectionLost,
  ConnectTimedOut,
  ExchangeTimedOut,
  NotHttp,
  OutboundRefused,
  Unreachable,
} from './outbound.errors.js';
import type { Deadline, Deadlines } from './deadlines.js';

/** An answer's bytes. Each item is everything that had arrived by then, so a reader that is behind gets fewer, larger ones. */
export interface OutboundBody extends AsyncIterable<Buffer> {
  /** Ends the exchange and closes its socket at once, unless the answer is complete. */
  destroy(): void;
}

export interface OutboundResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Where a redirect leads, without query, fragment and credentials; it is never followed. */
  readonly redirect?: string;
  readonly body: OutboundBody;
}

export interface ExchangeLimits {
  readonly connectMs: number;
  readonly totalMs: number;
  readonly maxBytes: number;
  /** Called when a connection stands and the request goes out on it. */
  readonly sent?: () => void;
}

/** Bytes that may wait for a slow reader before the socket is paused. */
const PAUSE_ABOVE = 256 * 1024;

const LONGEST_REDIRECT = 500;

/** One request and its answer, from undici's callbacks to an async iterable, without a stream object in between. */
export class Exchange implements Dispatcher.DispatchHandler, OutboundBody, AsyncIterator<Buffer> {
  readonly response: Promise<OutboundResponse>;
  private settle!: { resolve: (response: OutboundResponse) => void; reject: (reason: unknown) => void };
  private controller: Dispatcher.DispatchController | undefined;
  private waiting: { resolve: (item: IteratorResult<Buffer>) => void; reject: (reason: unknown) => void } | undefined;
  private chunks: Buffer[] = [];
  private unread = 0;
  private received = 0;
  private state: 'connecting' | 'asked' | 'answering' | 'ended' = 'connecting';
  private failure: { reason: Error } | undefined;
  private readonly place: string;
  private readonly connectDeadline: Deadline;
  private readonly totalDeadline: Deadline;

  constructor(
    private readonly url: URL,
    private readonly limits: ExchangeLimits,
    private readonly deadlines: Deadlines,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.response = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    this.place = url.host;
    const now = performance.now();
    const { place } = this;
    this.connectDeadline = {
      at: now + limits.connectMs,
      expire: () => this.fail(new ConnectTimedOut(place, limits.connectMs)),
    };
    this.totalDeadline = {
      at: now + limits.totalMs,
      expire: () => this.fail(new ExchangeTimedOut(place, limits.totalMs)),
    };
    deadlines.watch(this.connectDeadline);
    deadlines.watch(this.totalDeadline);
    signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    this.deadlines.forget(this.connectDeadline);
    if (this.state === 'ended') return this.abortUpstream();
    this.state = 'asked';
    this.limits.sent?.();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.state = 'answering';
    const redirect = status < 400 ? redirectIn(headers.location, this.url) : undefined;
    this.settle.resolve({ status, headers, body: this, ...(redirect !== undefined && { redirect }) });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.received += chunk.length;
    if (this.received > this.limits.maxBytes) return this.fail(new AnswerTooLarge(this.place, this.limits.maxBytes));
    this.chunks.push(chunk);
    this.unread += chunk.length;
    if (this.unread > PAUSE_ABOVE) controller.pause();
    // Woken after the whole socket read is parsed: its chunks come out as one item.
    if (this.waiting && this.chunks.length === 1) queueMicrotask(() => this.deliver());
  }

  onResponseEnd(): void {
    this.end();
    this.deliver();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(this.describe(error));
  }

  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    return this;
  }

  next(): Promise<IteratorResult<Buffer>> {
    if (this.chunks.length > 0) return Promise.resolve({ done: false, value: this.take() });
    if (this.failure) return Promise.reject(this.failure.reason);
    if (this.state === 'ended') return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => (this.waiting = { resolve, reject }));
  }

  return(): Promise<IteratorResult<Buffer>> {
    this.destroy();
    return Promise.resolve({ done: true, value: undefined });
  }

  destroy(): void {
    this.chunks = [];
    if (this.state === 'ended') return;
    this.end();
    this.abortUpstream();
    this.deliver();
  }

  /** Ends the exchange with an error; what was received before can still be read. */
  private fail(reason: unknown): void {
    if (this.state === 'ended') return;
    this.failure = { reason: reason as Error };
    this.end();
    this.abortUpstream();
    this.settle.reject(reason);
    this.deliver();
  }

  private readonly onAbort = (): void => {
    this.chunks = [];
    this.fail(this.signal?.reason);
  };

  private end(): void {
    this.state = 'ended';
    this.deadlines.forget(this.connectDeadline);
    this.deadlines.forget(this.totalDeadline);
    this.signal?.removeEventListener('abort', this.onAbort);
  }

  private abortUpstream(): void {
    this.controller?.abort(new errors.RequestAbortedError());
  }

  private deliver(): void {
    const { waiting } = this;
    if (!waiting) return;
    this.waiting = undefined;
    if (this.chunks.length > 0) waiting.resolve({ done: false, value: this.take() });
    else if (this.failure) waiting.reject(this.failure.reason);
    else if (this.state === 'ended') waiting.resolve({ done: true, value: undefined });
    else this.waiting = waiting;
  }

  private take(): Buffer {
    const [first] = this.chunks;
    const bytes = this.chunks.length === 1 && first ? first : Buffer.concat(this.chunks);
    this.chunks = [];
    this.unread = 0;
    this.controller?.resume();
    return bytes;
  }

  private describe(error: Error): Error {
    if (error instanceof OutboundRefused) return new OutboundRefused(this.place);
    if (error instanceof errors.ConnectTimeoutError) return new ConnectTimedOut(this.place, this.limits.connectMs);
    if (this.state === 'connecting') return new Unreachable(this.place, error);
    if (this.state === 'asked' && error instanceof errors.HTTPParserError) return new NotHttp(this.place, error);
    return new ConnectionLost(this.place, this.state === 'asked', error);
  }
}

/** The address a `Location` names, as far as it can be shown. */
function redirectIn(location: unknown, from: URL): string | undefined {
  const url = typeof location === 'string' ? URL.parse(location, from.href) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return (url.origin + url.pathname).slice(0, LONGEST_REDIRECT);
}
