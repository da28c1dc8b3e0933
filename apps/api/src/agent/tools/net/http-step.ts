import type { Outbound, OutboundBody } from '../../../platform/outbound/outbound.js';

/** What one GET was answered with. */
export interface HttpFacts {
  status: number;
  content_type?: string;
  /** Where a redirect leads; it is not followed. */
  redirect?: string;
  /** The beginning of a text; whatever the other side wrote. */
  body?: string;
}

const MOST_BODY_BYTES = 1024;
const TOTAL_MS = 10_000;
const TEXT = /^(text\/|application\/([\w.+-]*\+)?(json|xml)\b)/;

/** Asks once, without following redirects, and reads no more than the beginning of the answer. @throws what `Outbound.request` throws */
export async function askOnce(outbound: Outbound, url: string, signal: AbortSignal): Promise<HttpFacts> {
  const headers = { 'user-agent': 'OpsAgent net_probe', accept: '*/*' };
  const response = await outbound.request(url, { method: 'GET', headers, signal, totalMs: TOTAL_MS });
  const type = String(response.headers['content-type'] ?? '').slice(0, 200);
  const body = TEXT.test(type) ? await beginningOf(response.body) : '';
  response.body.destroy();
  return {
    status: response.status,
    ...(type !== '' && { content_type: type }),
    ...(response.redirect !== undefined && { redirect: response.redirect }),
    ...(body !== '' && { body }),
  };
}

async function beginningOf(body: OutboundBody): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const bytes of body) {
    chunks.push(bytes);
    length += bytes.length;
    if (length >= MOST_BODY_BYTES) break;
  }
  // A character that is cut in two by the limit is left out.
  const start = Buffer.concat(chunks).subarray(0, MOST_BODY_BYTES);
  return new TextDecoder('utf-8').decode(start, { stream: true });
}
