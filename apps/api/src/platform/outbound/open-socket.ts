import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { isPublic, lookupOf } from './guarded-lookup.js';
import type { Names } from './names.js';
import { ConnectTimedOut, OutboundRefused, Unreachable } from './outbound.errors.js';
import type { Target } from './target.js';

/**
 * Opens a socket to an allowed place or a public address: checked as written by its target, here as resolved and as connected.
 * @throws OutboundRefused, Unreachable, ConnectTimedOut; the reason of `signal` when it is aborted
 */
export async function openSocket(
  { host, port, isAllowed }: Target,
  names: Names,
  { signal, connectMs }: { signal: AbortSignal; connectMs: number },
): Promise<Socket> {
  const place = `${host}:${port}`;
  const within = AbortSignal.any([signal, AbortSignal.timeout(connectMs)]);
  const socket = connect({ host, port, lookup: lookupOf(names, (address) => isAllowed || isPublic(address)) });
  // Until whoever asked for it listens, an error that comes between is found by the next write.
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal: within });
    if (!isAllowed && !isPublic(socket.remoteAddress ?? '')) throw new OutboundRefused(place);
    return socket;
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    if (error instanceof OutboundRefused) throw new OutboundRefused(place);
    throw within.aborted ? new ConnectTimedOut(place, connectMs) : new Unreachable(place, error as Error);
  }
}
