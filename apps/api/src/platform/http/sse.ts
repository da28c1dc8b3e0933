import type { Request, Response } from 'express';
import { SharedTicker } from './shared-ticker.js';

/** A comment keeps proxies from closing a silent stream (HTML Living Standard §9.2.7). */
export interface KeepAlive {
  readonly text: string;
  readonly everyMs: number;
}

/** An open stream of server-sent events to one client. */
export interface EventStream {
  readonly closed: boolean;
  /** Writes whole events. A promise means that the client is slow: it resolves when there is room again, or nobody left. */
  write(chunk: string): Promise<void> | void;
  /** Calls back once when the client has gone away or the stream has ended. */
  onClose(callback: () => void): void;
  end(): void;
}

/** Sends the headers of an event stream and answers the way to write to it. */
export function openEventStream(
  response: Response,
  options: { status?: number; keepAlive?: KeepAlive } = {},
): EventStream {
  response.writeHead(options.status ?? 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.socket?.setNoDelay(true);
  response.flushHeaders();
  return new ResponseStream(response, options.keepAlive);
}

/** The sequence number after which a client wants to go on: what it last saw, 0 for everything. */
export function lastEventId(request: Request): number {
  const seen = Number(request.headers['last-event-id'] ?? 0);
  return Number.isSafeInteger(seen) && seen > 0 ? seen : 0;
}

class ResponseStream implements EventStream {
  private readonly stopTicking: (() => void) | undefined;
  private drained: Promise<void> | undefined;

  constructor(
    private readonly response: Response,
    keepAlive: KeepAlive | undefined,
  ) {
    // A client that resets its connection is gone, which 'close' tells; it is no error of ours.
    response.on('error', () => undefined);
    if (!keepAlive) return;
    this.stopTicking = SharedTicker.every(keepAlive.everyMs).add(() => void this.keepAlive(keepAlive.text));
    this.onClose(this.stopTicking);
  }

  get closed(): boolean {
    return this.response.writableEnded || this.response.destroyed;
  }

  write(chunk: string): Promise<void> | void {
    if (this.closed || this.response.write(chunk)) return;
    this.drained ??= this.untilDrained();
    return this.drained;
  }

  onClose(callback: () => void): void {
    if (this.closed) callback();
    else this.response.once('close', callback);
  }

  end(): void {
    this.stopTicking?.();
    if (!this.closed) this.response.end();
  }

  /** A full buffer already keeps the connection busy. */
  private keepAlive(text: string): void {
    if (this.drained === undefined) void this.write(text);
  }

  private untilDrained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.drained = undefined;
        this.response.off('drain', done);
        this.response.off('close', done);
        resolve();
      };
      this.response.once('drain', done);
      this.response.once('close', done);
    });
  }
}
