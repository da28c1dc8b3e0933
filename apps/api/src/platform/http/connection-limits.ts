import type { Server } from 'node:http';
import type { Request, RequestHandler } from 'express';

/** What one client may cost before anything of ours has looked at it. */
const LIMITS = {
  /** All headers of a request, from the first byte on; a connection that says nothing is cut as well. */
  headersTimeout: 15_000,
  /** A whole request, the largest file over a slow line included. Answers may take as long as they like. */
  requestTimeout: 300_000,
  /** Longer than proxies keep their idle connections, which else meet a closed one. */
  keepAliveTimeout: 65_000,
  /** Node drops what is more without a word; the 16 KB of all headers bound them already. */
  maxHeadersCount: 0,
  maxConnections: 10_000,
} as const;

/** How long the rest of a body may still come after its answer: whoever is cut at once may never read that answer. */
const LINGER_MS = 2_000;
/** A rest below this has long arrived, or does no harm. */
const HARMLESS_BYTES = 65_536;

/** Bounds what connections may cost a server, however slow or many they are. */
export function limitConnections(server: Server, limits: Partial<Record<keyof typeof LIMITS, number>> = {}): void {
  Object.assign(server, LIMITS, limits);
}

/** Cuts off a body that goes on after the answer, which nobody reads: it was refused, or is too large. */
export function cutUnreadBodies(lingerMs: number = LINGER_MS): RequestHandler {
  return (request, response, next) => {
    if (mayBeLong(request)) {
      response.once('finish', () => {
        if (request.complete) return;
        setTimeout(() => request.complete || request.socket.destroy(), lingerMs).unref();
      });
    }
    next();
  };
}

function mayBeLong({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > HARMLESS_BYTES;
}
