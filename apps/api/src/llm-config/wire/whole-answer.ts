import type { OutboundResponse } from '../../platform/outbound/outbound.js';
import { type ProviderSaid, requestIdIn, retryAfterMs, saidIn, saidInText } from './fault-classifier.js';
import { Refused } from './faults.js';
import { parsed } from './frames.js';
import { refusalOf } from './refusal.js';

/** The JSON text of an answer that is no stream. @throws Refused unless it is what was asked for; some gateways answer 200 with an error inside */
export async function wholeAnswer(response: OutboundResponse, isAnswer: (body: unknown) => boolean): Promise<string> {
  const { status, headers, body } = response;
  if (status !== 200) throw await refusalOf(response);
  const chunks: Buffer[] = [];
  for await (const bytes of body) chunks.push(bytes);
  const text = Buffer.concat(chunks).toString('utf8');
  if (isAnswer(parsed(text))) return text;
  throw new Refused(status, saidInStrange(text), retryAfterMs(headers, Date.now()), requestIdIn(headers));
}

/** Whatever is no answer is no sentence either, unless it says so. */
function saidInStrange(text: string): ProviderSaid {
  const { form } = saidInText(text);
  return form === 'page' ? { form } : saidIn(parsed(text));
}
