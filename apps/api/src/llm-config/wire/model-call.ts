import type { OutboundBody, OutboundResponse } from '../../platform/outbound/outbound.js';
import type { Answer } from './answer.js';
import type { OutOfPatience } from './faults.js';
import type { FrameReader } from './frames.js';
import type { ModelDelta, ModelRequest } from './model-wire.js';
import { CallTimer } from './patience.js';
import { refusalOf } from './refusal.js';
import type { ModelConnection } from './wired-model.js';

/** How long the end of a finished answer may take, so that its connection can be kept. */
const MOST_DRAIN_MS = 1000;

/** One attempt to get one answer: a request, its stream and its timers. */
export class ModelCall {
  private readonly timer: CallTimer;
  private readonly frames: FrameReader;
  private readonly answer: Answer;
  private readonly ending = new AbortController();
  private body: OutboundBody | undefined;
  private bytes: AsyncIterator<Buffer> | undefined;
  private hasStarted = false;
  private isOver = false;
  private fault: { error: Error } | undefined;

  constructor(
    private readonly connection: ModelConnection,
    request: ModelRequest,
    private readonly signal: AbortSignal,
    /** When the first attempt began: all of them together have the time of one. */
    startedAt: number,
  ) {
    this.frames = connection.dialect.frames();
    this.answer = connection.dialect.answer(request);
    const { patience, outbound } = connection;
    this.timer = new CallTimer(patience, startedAt, outbound.deadlines, (because) => this.giveUp(because));
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Sends the request and waits for the head of the answer. @throws Refused and what `Outbound.request` throws */
  async open(body: string): Promise<void> {
    const { url, headers, outbound, patience } = this.connection;
    const response = await outbound.request(url, {
      method: 'POST',
      headers,
      body,
      signal: this.ending.signal,
      connectMs: patience.connectMs,
      totalMs: this.timer.remainingMs + MOST_DRAIN_MS,
      sent: () => this.timer.awaitFirstByte(),
    });
    this.body = response.body;
    if (response.status !== 200 || !this.isStream(response)) throw await refusalOf(response);
    this.bytes = response.body[Symbol.asyncIterator]();
  }

  /** Nothing packed is asked for, so nothing packed is read. */
  private isStream({ headers }: OutboundResponse): boolean {
    const type = String(headers['content-type'] ?? '').toLowerCase();
    return headers['content-encoding'] === undefined && this.connection.dialect.isStream(type);
  }

  /** Every delta of the next read that brought one; undefined after the last. */
  async next(): Promise<ModelDelta[] | undefined> {
    if (this.fault) throw this.fault.error;
    const deltas: ModelDelta[] = [];
    try {
      while (deltas.length === 0 && !this.isOver && this.bytes) {
        const read = await this.read(this.bytes);
        if (read.done) this.finish(deltas);
        else this.take(read.value, deltas);
      }
    } catch (error) {
      if (deltas.length === 0) throw error;
      // What came in the same read before the fault is the reader's; the fault follows at the next call.
      this.fault = { error: error as Error };
    }
    return deltas.length > 0 ? deltas : undefined;
  }

  /** Ends the call; a socket whose answer is not complete is closed at once. */
  close(): void {
    this.signal.removeEventListener('abort', this.onAbort);
    this.timer.stop();
    if (!this.isOver) this.body?.destroy();
  }

  private take(bytes: Buffer, deltas: ModelDelta[]): void {
    const frames: unknown[] = [];
    try {
      this.frames.push(bytes, frames);
    } finally {
      // Those before a broken one are a part of the answer.
      for (const frame of frames) this.answer.read(frame, deltas);
    }
    if (this.frames.isDone) return this.finish(deltas);
    this.hasStarted ||= frames.length > 0;
    if (!this.hasStarted) this.timer.awaitFirstByte();
    else if (frames.length > 0) this.timer.awaitNext(this.answer.isFinished);
  }

  private finish(deltas: ModelDelta[]): void {
    const frames: unknown[] = [];
    this.frames.end(frames);
    for (const frame of frames) this.answer.read(frame, deltas);
    this.answer.end(deltas);
    this.isOver = true;
    this.timer.stop();
    if (this.bytes && this.body) void drain(this.bytes, this.body);
  }

  /** A stream that breaks after the model had finished is complete. */
  private async read(bytes: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer>> {
    try {
      return await bytes.next();
    } catch (error) {
      if (this.answer.isFinished && !this.signal.aborted) return { done: true, value: undefined };
      throw error;
    }
  }

  private giveUp(because: OutOfPatience): void {
    this.ending.abort(because);
  }

  private readonly onAbort = (): void => this.ending.abort(this.signal.reason);
}

/** Reads to the end of the transfer, so that the connection can carry the next call. */
async function drain(bytes: AsyncIterator<Buffer>, body: OutboundBody): Promise<void> {
  const late = setTimeout(() => body.destroy(), MOST_DRAIN_MS).unref();
  try {
    while (!(await bytes.next()).done);
  } catch {
    // The answer is complete: how its connection ends is nobody's concern.
  } finally {
    clearTimeout(late);
  }
}
