import type { ChatEvent } from '@opsagent/contracts';

/** What a test says about an event; the rest is filled in. */
export type EventFacts = Partial<ChatEvent> & Pick<ChatEvent, 'type'>;

/** Numbered events of one run, from 1. */
export function eventsOf(...facts: EventFacts[]): ChatEvent[] {
  return facts.map(
    (fact, index) => ({ seq: index + 1, run_id: 'run-1', message_id: 'message-1', ...fact }) as ChatEvent,
  );
}

/** A short answer: begin, three pieces of text, end. */
export function shortAnswer(): ChatEvent[] {
  return eventsOf(
    { type: 'turn_started', session_id: 'session-1', llm_config_id: 'config-1', model_name: 'model-1' },
    { type: 'text', delta: '你好,' },
    { type: 'text', delta: ' "world" \\ 🚒\n\n' },
    { type: 'text', delta: '\u2028 data: x' },
    { type: 'turn_finished', status: 'finished' },
  );
}

/** The bytes in which the server sends them. */
export function framesOf(events: readonly ChatEvent[]): Uint8Array {
  const frames = events.map((event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
  return new TextEncoder().encode(frames.join(''));
}

/** An answer whose body gives these parts one after another, then ends, breaks or stays silent. */
export function bodyOf(parts: readonly Uint8Array[], end: 'close' | 'break' | 'silence' = 'close'): Response {
  const rest = [...parts];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = rest.shift();
      if (part) controller.enqueue(part);
      else if (end === 'close') controller.close();
      else if (end === 'break') controller.error(new TypeError('network error'));
      else return new Promise(() => undefined);
      return undefined;
    },
  });
  return { ok: true, status: 200, body } as Response;
}

/** A refusal with this status. */
export function refusalOf(status: number): Response {
  return { ok: false, status, body: null } as Response;
}
