import type { Response } from 'express';
import { SharedTicker } from '../../platform/http/shared-ticker.js';
import { type EventStream, openEventStream } from '../../platform/http/sse.js';
import type { Run } from '../../session/run.js';
import type { DifyEncoder } from './dify-encoder.js';

/** Dify's keep-alive: an event line without data. Clients know the bare form alone. */
const PING = 'event: ping\n\n';
const PING_EVERY_TICKS = 10;
const TICK_MS = 1_000;

/** What still follows the end of an answer that was given; never rejects. The signal tells that its reader has gone. */
export type Epilogue = (write: (frames: string) => Promise<void> | void, gone: AbortSignal) => Promise<void>;

/** Writes a run to its client until it ends; a client that leaves before stops the run. */
export function streamRun(response: Response, run: Run, encoder: DifyEncoder, epilogue?: Epilogue): void {
  const stream = openEventStream(response);
  const gone = new AbortController();
  let hasEnded = false;
  const stopPings = pingRegularly(stream);
  const stopFollowing = run.follow(0, (events) => {
    const frames = encoder.encode(events);
    const written = frames === '' ? undefined : stream.write(frames);
    const last = events.at(-1)?.type;
    hasEnded = last === 'turn_finished' || last === 'turn_failed';
    if (last === 'turn_finished' && epilogue) {
      void epilogue((more) => stream.write(more), gone.signal).then(() => stream.end());
    } else if (hasEnded) stream.end();
    return written;
  });
  void run.left.then(() => stream.end());
  stream.onClose(() => {
    stopPings();
    stopFollowing();
    gone.abort(new Error('The client has gone.'));
    if (!hasEnded) run.stop();
  });
}

/** One timer for all streams, and each has its first ping when its own ten seconds are over. */
function pingRegularly(stream: EventStream): () => void {
  let ticks = 0;
  return SharedTicker.every(TICK_MS).add(() => {
    ticks += 1;
    if (ticks % PING_EVERY_TICKS === 0) void stream.write(PING);
  });
}
