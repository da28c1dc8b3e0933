import type { ChatEvent } from '@opsagent/contracts';
import type { Response } from 'express';
import { openEventStream } from '../platform/http/sse.js';
import type { RunReader } from './run.js';
import { isLast } from './stored-events.js';

const KEEP_ALIVE = { text: ':\n\n', everyMs: 15_000 };

/**
 * Writes a run's events to a console: one write for each batch. The run goes on when the reader leaves.
 * @param follow begins the reading and answers how to end it.
 */
export function streamEvents(response: Response, follow: (reader: RunReader) => () => void): void {
  const stream = openEventStream(response, { keepAlive: KEEP_ALIVE });
  const leave = follow((events) => {
    const wait = stream.write(events.map(frame).join(''));
    const last = events.at(-1);
    if (last && isLast(last)) stream.end();
    return wait;
  });
  stream.onClose(leave);
}

function frame(event: ChatEvent): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}
