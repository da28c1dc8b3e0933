import { setTimeout as wait } from 'node:timers/promises';
import { ConnectionLost } from '../../platform/outbound/outbound.errors.js';
import { UpstreamFailed } from './model-wire.js';

const MOST_RETRIES = 2;
const LONGEST_WAIT_MS = 20_000;

/** Certificates and host names do not get better by asking again. */
const LASTING = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/;

/**
 * How long to wait before asking again, or undefined when asking again is no use. Only for failures before the first delta.
 * @param attempt 0 for the first one that failed
 */
export function waitBeforeRetry(failure: unknown, attempt: number): number | undefined {
  if (attempt >= MOST_RETRIES || !(failure instanceof UpstreamFailed) || !isPassing(failure)) return undefined;
  const asked = failure.facts.retryAfterMs;
  if (asked !== undefined) return asked <= LONGEST_WAIT_MS ? asked : undefined;
  // A kept connection that the other side had just closed: a new one is there at once.
  if (attempt === 0 && failure.cause instanceof ConnectionLost) return 0;
  return 1000 * 2 ** attempt * (0.8 + 0.4 * Math.random());
}

/** Waits; an abort ends the wait at once. @throws the reason of `signal` */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (milliseconds === 0) return;
  await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}

function isPassing({ fault, facts, cause }: UpstreamFailed): boolean {
  const { httpStatus } = facts;
  if (fault === 'unreachable') return !LASTING.test((cause as { errno?: string }).errno ?? '');
  if (fault === 'rate_limit' || fault === 'overloaded') return true;
  return httpStatus === 408 || (fault === 'server' && httpStatus !== undefined && httpStatus >= 500);
}
