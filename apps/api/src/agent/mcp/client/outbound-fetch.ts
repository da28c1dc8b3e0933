import { AsyncLocalStorage } from 'node:async_hooks';
import type { Outbound, OutboundBody } from '../../../platform/outbound/outbound.js';

/** Statuses whose answer has no body (RFC 9110). */
const BODILESS = [204, 205, 304];
const METHODS = ['GET', 'POST', 'DELETE'] as const;

/** How often a session goes on reading answers that broke off. */
const MOST_RESUMED = 20;
const NOT_OFFERED = (): Response => new Response(null, { status: 405 });

/** What a request is told of its own answer. */
interface Watching {
  /** No more of it will come. */
  ended(): void;
}

const watched = new AsyncLocalStorage<Watching>();

/** Does what sends a request, and tells when its answer is over. */
export function watchAnswer<T>(ended: () => void, send: () => Promise<T>): Promise<T> {
  return watched.run({ ended }, send);
}

export interface FetchOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly totalMs: number;
  readonly maxBytes: number;
}

/** The guarded way out in the shape of `fetch`, to one server only; it sends our headers along. */
export function outboundFetch(outbound: Outbound, { url, headers, totalMs, maxBytes }: FetchOptions) {
  const { origin } = new URL(url);
  let resumed = 0;
  return async (to: string | URL, init: RequestInit = {}): Promise<Response> => {
    const sent = Object.fromEntries(new Headers(init.headers).entries());
    if (new URL(to).origin !== origin) throw new Error(`The server sends on to ${new URL(to).origin}.`);
    // We read no messages besides answers: a stream of its own would only stand open.
    const isReading = (init.method ?? 'GET') === 'GET';
    if (isReading && (sent['last-event-id'] === undefined || resumed >= MOST_RESUMED)) return NOT_OFFERED();
    resumed += isReading ? 1 : 0;
    const watching = watched.getStore();
    const answer = await outbound.request(String(to), {
      method: METHODS.find((method) => method === init.method) ?? 'GET',
      headers: { ...sent, ...headers },
      ...(typeof init.body === 'string' ? { body: init.body } : {}),
      ...(init.signal ? { signal: init.signal } : {}),
      ...{ totalMs, maxBytes },
    });
    const whole = answer.status === 200 ? untilEnd(answer.body, watching) : answer.body;
    const body = BODILESS.includes(answer.status) ? null : ReadableStream.from(whole);
    return new Response(body, { status: answer.status, headers: plain(answer.headers) });
  };
}

async function* untilEnd(body: OutboundBody, watching: Watching | undefined): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    watching?.ended();
  }
}

function plain(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) all.append(name, one);
  }
  return all;
}
