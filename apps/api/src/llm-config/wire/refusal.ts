import type { OutboundResponse } from '../../platform/outbound/outbound.js';
import { requestIdIn, retryAfterMs, saidInText } from './fault-classifier.js';
import { Refused } from './faults.js';

/** An error body is read up to here. */
const MOST_ERROR_BYTES = 64 * 1024;

/** What an answer that is not the one asked for says. */
export async function refusalOf(response: OutboundResponse): Promise<Refused> {
  const { status, headers, redirect } = response;
  const text = await errorText(response);
  const said = headers['content-encoding'] === undefined ? saidInText(text) : {};
  return new Refused(status, said, retryAfterMs(headers, Date.now()), requestIdIn(headers), redirect);
}

/** As much of an error's body as comes: its status says enough without it. */
async function errorText({ body }: OutboundResponse): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const bytes of body) {
      chunks.push(bytes);
      size += bytes.length;
      if (size > MOST_ERROR_BYTES) break;
    }
  } catch {
    // Cut off, or waited for in vain: an abort of the caller's is seen by the caller.
  }
  return Buffer.concat(chunks).toString('utf8');
}
