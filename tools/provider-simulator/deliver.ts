import type { OutgoingHttpHeaders } from 'node:http';
import type { Exchange } from './exchange.ts';
import type { Plan } from './plan.ts';
import { now } from './ticker.ts';

/** The frames of one stream, encoded one at a time because a thousand open streams must not hold them all. */
export interface Frames {
  readonly contentType: string;
  readonly length: number;
  /** How many frames come before the first piece of the answer. */
  readonly opening: number;
  at(index: number): string;
  /** The frame that reports a fault in the middle of a stream. */
  fault(): string;
}

const COMMENT = ': keep-alive\n\n';
const SPLIT_PAUSE_MS = 4;
const STREAM_HEADERS: OutgoingHttpHeaders = { 'cache-control': 'no-cache', 'x-accel-buffering': 'no' };

/** Streams the frames as the plan says: its pace, its way of writing, its ending. */
export async function deliverStream(
  exchange: Exchange,
  plan: Plan,
  frames: Frames,
  headers: OutgoingHttpHeaders = {},
): Promise<void> {
  if (plan.firstByteMs > 0) await exchange.until(now() + plan.firstByteMs);
  if (exchange.gone) return;
  exchange.begin(200, { 'content-type': frames.contentType, ...STREAM_HEADERS, ...headers });
  const whole = plan.ending === 'whole';
  const count = whole ? frames.length : Math.min(frames.length, frames.opening + plan.endsAfter);
  if (plan.writes === 'burst') exchange.write(burst(plan, frames, count));
  else await writeEach(exchange, plan, frames, count);
  await finish(exchange, plan, frames);
}

/** Sends a whole answer as the plan says; endings that break a stream break the body half-way. */
export async function deliverWhole(
  exchange: Exchange,
  plan: Plan,
  body: string,
  headers: OutgoingHttpHeaders = {},
): Promise<void> {
  const delay = plan.firstByteMs + plan.gapMs * plan.pieces.length;
  if (delay > 0) await exchange.until(now() + delay);
  if (plan.ending === 'whole') return exchange.send(200, 'application/json', body, headers);
  if (exchange.gone) return;
  const bytes = Buffer.from(body);
  exchange.begin(200, { 'content-type': 'application/json', 'content-length': bytes.length, ...headers });
  exchange.write(bytes.subarray(0, bytes.length / 2));
  return plan.ending === 'stall' ? exchange.untilGone() : exchange.sever();
}

async function writeEach(exchange: Exchange, plan: Plan, frames: Frames, count: number): Promise<void> {
  if (count === 0) exchange.flushHead();
  if (plan.comments) exchange.write(COMMENT);
  const start = now();
  for (let index = 0; index < count; index += 1) {
    const frame = shaped(plan, frames.at(index));
    const flows = plan.writes === 'split' ? await writeSplit(exchange, frame) : exchange.write(frame);
    if (!flows) await exchange.drained();
    if (exchange.gone) return;
    // Paces by the stream's own clock, so that late ticks do not add up.
    const piece = index - frames.opening + 1;
    if (plan.gapMs > 0 && piece > 0 && piece < plan.pieces.length) await exchange.until(start + piece * plan.gapMs);
  }
}

async function finish(exchange: Exchange, plan: Plan, frames: Frames): Promise<void> {
  switch (plan.ending) {
    case 'stall':
      return exchange.untilGone();
    case 'reset':
      return exchange.sever();
    case 'error-frame':
    case 'bare-error-frame':
      exchange.write(shaped(plan, frames.fault()));
      return exchange.end();
    default:
      return exchange.end();
  }
}

function shaped(plan: Plan, frame: string): string {
  const text = plan.comments ? frame + COMMENT : frame;
  return plan.lineEnd === '\n' ? text : text.replaceAll('\n', plan.lineEnd);
}

function burst(plan: Plan, frames: Frames, count: number): string {
  let all = '';
  for (let index = 0; index < count; index += 1) all += shaped(plan, frames.at(index));
  return all;
}

/** Writes the frame in two packets, cut inside its first character of several bytes. */
async function writeSplit(exchange: Exchange, frame: string): Promise<boolean> {
  const bytes = Buffer.from(frame);
  const cut = bytes.findIndex((byte) => byte >= 0xc0) + 1;
  if (cut === 0) return exchange.write(bytes);
  exchange.write(bytes.subarray(0, cut));
  await exchange.until(now() + SPLIT_PAUSE_MS);
  return exchange.write(bytes.subarray(cut));
}
