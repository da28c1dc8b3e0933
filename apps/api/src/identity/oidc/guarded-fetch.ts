import type { CustomFetchOptions } from 'openid-client';
import { Outbound, type OutboundRequest } from '../../platform/outbound/outbound.js';

const CONNECT_MS = 5_000;
const TOTAL_MS = 15_000;
const MOST_BYTES = 1024 * 1024;

/** Statuses whose answer has no body (RFC 9110). */
const BODILESS = [204, 205, 304];

/** The provider could not be asked, or cannot answer now. */
export class ProviderSilent extends Error {}

/** The guarded way out in the shape of `fetch`; redirects come back as they are. */
export function guardedFetch(outbound: Outbound) {
  return async (url: string, { method, headers, body, signal }: CustomFetchOptions): Promise<Response> => {
    const request: OutboundRequest = {
      ...{ method: method === 'POST' ? 'POST' : 'GET', headers, connectMs: CONNECT_MS },
      ...{ totalMs: TOTAL_MS, maxBytes: MOST_BYTES },
      ...(body !== undefined && body !== null && { body: textOf(body) }),
      ...(signal && { signal }),
    };
    const { status, headers: answered, bytes } = await answerOf(outbound, url, request);
    if (status >= 500) throw new ProviderSilent(`${new URL(url).host} answered with status ${status}`);
    const type = answered['content-type'];
    return new Response(BODILESS.includes(status) ? null : bytes, {
      status,
      headers: type === undefined ? {} : { 'content-type': type },
    });
  };
}

async function answerOf(outbound: Outbound, url: string, request: OutboundRequest) {
  try {
    const { status, headers, body } = await outbound.request(url, request);
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return { status, headers, bytes: new Uint8Array(Buffer.concat(chunks)) };
  } catch (cause) {
    throw new ProviderSilent(cause instanceof Error ? cause.message : 'no answer', { cause });
  }
}

/** `openid-client` sends forms only. */
function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('a body of an unknown kind');
}
