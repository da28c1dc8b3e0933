import type { ChatEvent } from '@opsagent/contracts';
import { ConnectionSilent, readChatEvents } from './event-reader.js';
import { EventSequence } from './event-sequence.js';

/** `lost`: it gave up and waits for `retry()`. `gone`: the run is not kept any more; what came of it is stored. */
export type StreamState = 'connecting' | 'open' | 'waiting' | 'lost' | 'gone' | 'ended';

/** The server answered, but not with events; the answer is still to be read. */
export class StreamRefused extends Error {
  override readonly name = 'StreamRefused';
  constructor(readonly response: Response) {
    super(`the server answered ${response.status}`);
  }
}

/** The connection broke before the run had a name: nobody here can tell whether the question arrived. */
export class SendingUncertain extends Error {
  override readonly name = 'SendingUncertain';
}

/** How a run is reached, and who listens. */
export interface RunPorts {
  /** Opens the events of a known run after the numbered one. */
  resume: (runId: string, afterSeq: number, signal: AbortSignal) => Promise<Response>;
  /** Waits before another attempt; resolves early when waiting makes no more sense. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
  onEvents: (events: ChatEvent[]) => void;
  onState: (state: StreamState) => void;
}

type Open = (signal: AbortSignal) => Promise<Response>;

const SILENCE_MS = 45_000;
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000];
const NOT_FOUND = 404;
const SERVER_FAULT = 500;

/** Follows one run to its end across lost connections: every event once, in order. */
export class RunStream {
  /**
   * Resolves when the run has ended, the stream was closed, or it gave up (`retry()` makes a new promise).
   * @throws StreamRefused when the server does not give the events; SendingUncertain when a question's fate is unknown.
   */
  ending: Promise<void> = Promise.resolve();

  private readonly sequence = new EventSequence();
  private readonly closing = new AbortController();
  private runId: string | null = null;
  private attempt = 0;
  private isDone = false;

  constructor(
    private readonly ports: RunPorts,
    private readonly silenceMs = SILENCE_MS,
  ) {}

  /** Sends a question and follows the run that answers it. */
  send(open: Open): this {
    this.ending = this.keepReading(open);
    return this;
  }

  /** Follows a run that goes on already, from its first event. */
  follow(runId: string): this {
    this.runId = runId;
    this.ending = this.keepReading(this.resume);
    return this;
  }

  /** Tries again after it gave up. */
  retry(): void {
    this.attempt = 0;
    this.ending = this.keepReading(this.resume);
  }

  /** Stops reading; the run itself goes on. */
  close(): void {
    this.closing.abort(new DOMException('closed', 'AbortError'));
  }

  private async keepReading(first: Open): Promise<void> {
    for (let open = first; ; open = this.resume) {
      this.ports.onState('connecting');
      const end = await this.readOnce(open);
      if (end) return this.ports.onState(end);
      const pause = PAUSES_MS[this.attempt++];
      if (pause === undefined) return this.ports.onState('lost');
      this.ports.onState('waiting');
      await this.ports.pause(pause, this.closing.signal);
    }
  }

  /** One connection. @returns how the stream ended, or null when it should be tried again. */
  private async readOnce(open: Open): Promise<StreamState | null> {
    try {
      const response = await open(this.closing.signal);
      if (!response.ok || !response.body) return this.refusal(response);
      this.ports.onState('open');
      await readChatEvents(response.body, {
        onEvents: (events) => this.hand(this.sequence.accept(events)),
        silenceMs: this.silenceMs,
        signal: this.closing.signal,
      });
    } catch (error) {
      if (!isBrokenConnection(error)) throw error;
    }
    return this.afterConnection();
  }

  private readonly resume: Open = (signal) => this.ports.resume(this.runId!, this.sequence.last, signal);

  private afterConnection(): StreamState | null {
    // A whole second connection did not bring the missing events: show what there is.
    if (this.sequence.hasGap && this.attempt > 0) this.hand(this.sequence.skipGap());
    if (this.isDone || this.closing.signal.aborted) return 'ended';
    if (this.runId === null) throw new SendingUncertain();
    return null;
  }

  private refusal(response: Response): StreamState | null {
    if (this.runId !== null && response.status >= SERVER_FAULT) return null;
    if (this.runId !== null && response.status === NOT_FOUND) return 'gone';
    throw new StreamRefused(response);
  }

  private hand(events: ChatEvent[]): void {
    const [first] = events;
    if (!first) return;
    this.attempt = 0;
    this.runId = first.run_id;
    this.isDone ||= events.some(({ type }) => type === 'turn_finished' || type === 'turn_failed');
    this.ports.onEvents(events);
    if (this.isDone) this.close();
  }
}

/** What `fetch` and a body's reader throw when the network fails, when we hang up, or when it fell silent. */
function isBrokenConnection(error: unknown): boolean {
  return error instanceof TypeError || error instanceof DOMException || error instanceof ConnectionSilent;
}
