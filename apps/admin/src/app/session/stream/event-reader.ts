import type { ChatEvent } from '@opsagent/contracts';
import { createParser } from 'eventsource-parser';

/** No byte came for too long, although the server sends at least a comment every 15 seconds. */
export class ConnectionSilent extends Error {
  override readonly name = 'ConnectionSilent';
}

export interface EventReading {
  /** Gets all events of one arrival together, so that a burst is handled once. */
  onEvents: (events: ChatEvent[]) => void;
  /** Milliseconds without a byte after which the connection counts as lost. */
  silenceMs: number;
  signal: AbortSignal;
}

/**
 * Reads one response body as server-sent chat events until it ends.
 * @throws ConnectionSilent when nothing arrives for `silenceMs`; the signal's reason; the body's own error.
 */
export async function readChatEvents(body: ReadableStream<Uint8Array>, reading: EventReading): Promise<void> {
  let arrived: ChatEvent[] = [];
  const parser = createParser({ onEvent: ({ data }) => arrived.push(...parsed(data)) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await nextChunk(reader, reading);
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      const events = arrived;
      arrived = [];
      if (events.length > 0) reading.onEvents(events);
    }
  } finally {
    // The reason for leaving is on its way already; a body that is broken cannot be cancelled again.
    reader.cancel().catch(() => undefined);
  }
}

/** Frames that are no numbered event (a proxy's greeting, a later extension) are left out, not an error. */
function parsed(data: string): ChatEvent[] {
  try {
    const value: unknown = JSON.parse(data);
    const isEvent = typeof value === 'object' && value !== null && 'seq' in value && typeof value.seq === 'number';
    return isEvent ? [value as ChatEvent] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { silenceMs, signal }: EventReading,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let tidy: () => void = () => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new ConnectionSilent()), silenceMs);
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    tidy = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([reader.read(), interrupted]);
  } finally {
    tidy();
  }
}
