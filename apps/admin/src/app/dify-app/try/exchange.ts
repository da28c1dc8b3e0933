import { computed, signal } from '@angular/core';
import { EventBlocks, objectOf, type WireEvent } from './event-blocks.js';
import {
  answerOfBody,
  answerOfEvents,
  errorOfBody,
  type WireAnswer,
  type WireError,
  type WireObject,
} from './wire-answer.js';
import type { WireOperation } from './wire-operation.js';
import type { WireRequest } from './wire-request.js';

/** Sent, answered so far, at its end; `left` when it was broken off here, `lost` when the connection was. */
export type ExchangeState = 'sent' | 'open' | 'ended' | 'left' | 'lost';

/** The beginning of an answer. */
export interface ExchangeHead {
  readonly status: number;
  readonly type: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Milliseconds until it came. */
  readonly at: number;
}

/** One call to the wire from this browser, with all that comes back as it comes. */
export class Exchange {
  readonly state = signal<ExchangeState>('sent');
  readonly head = signal<ExchangeHead | null>(null);
  readonly events = signal<readonly WireEvent[]>([]);
  /** An answer that is no stream; empty while there is none, or where it is a file. */
  readonly text = signal('');
  readonly file = signal<Blob | null>(null);
  /** Whether the server has been asked to stop. */
  readonly isStopping = signal(false);
  /** Milliseconds until its end. */
  readonly duration = signal<number | null>(null);
  readonly isRunning = computed(() => this.state() === 'sent' || this.state() === 'open');
  readonly isStream = computed(() => this.head()?.type.startsWith('text/event-stream') ?? false);
  readonly body = computed(() => objectOf(this.text()));
  readonly answer = computed<WireAnswer | null>(() => {
    if (this.operation.key !== 'POST /chat-messages') return null;
    if (this.isStream()) return answerOfEvents(this.events());
    const body = this.body();
    return body && !errorOfBody(body) ? answerOfBody(body) : null;
  });
  readonly error = computed<WireError | null>(() => {
    const body = this.body();
    const isRefused = (this.head()?.status ?? 0) >= 400;
    return this.answer()?.error ?? (body && isRefused ? errorOfBody(body) : null);
  });
  private readonly abortion = new AbortController();
  private readonly begun = performance.now();
  private readonly arrived: WireEvent[] = [];
  private frame: number | null = null;

  constructor(
    readonly number: number,
    readonly operation: WireOperation,
    readonly request: WireRequest,
  ) {}

  /** Resolves at the end, whatever it is. The cookies of the console stay here: the key alone speaks. */
  async run(key: string): Promise<void> {
    const { method, url, body } = this.request;
    const headers = {
      authorization: `Bearer ${key}`,
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
    };
    const { signal: left } = this.abortion;
    try {
      const init: RequestInit = { method, headers, body, signal: left, credentials: 'omit', cache: 'no-store' };
      await this.read(await fetch(url, init));
      this.end('ended');
    } catch (error) {
      if (!left.aborted && !(error instanceof TypeError)) throw error;
      this.end(left.aborted ? 'left' : 'lost');
    }
  }

  /** The JSON that was sent; empty where it was none. */
  sentBody(): WireObject {
    return (typeof this.request.body === 'string' && objectOf(this.request.body)) || {};
  }

  /** Breaks off the connection, as a client does that goes away. */
  leave(): void {
    this.abortion.abort();
  }

  private async read(response: Response): Promise<void> {
    const type = response.headers.get('content-type') ?? '';
    this.head.set({ status: response.status, type, headers: [...response.headers], at: this.now() });
    this.state.set('open');
    if (type.startsWith('text/event-stream') && response.body) return this.readEvents(response.body);
    if (/^(application\/json|text\/)|^$/.test(type)) this.text.set(await response.text());
    else this.file.set(await response.blob());
  }

  private async readEvents(body: ReadableStream<Uint8Array>): Promise<void> {
    const blocks = new EventBlocks();
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.arrived.push(...blocks.read(decoder.decode(value, { stream: true }), this.now()));
      this.frame ??= requestAnimationFrame(() => this.show());
    }
  }

  /** Once a frame, however many have come. */
  private show(): void {
    this.frame = null;
    if (this.arrived.length > this.events().length) this.events.set([...this.arrived]);
  }

  private end(state: ExchangeState): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.show();
    this.duration.set(this.now());
    this.state.set(state);
  }

  private now(): number {
    return Math.round(performance.now() - this.begun);
  }
}
