import type { RequestHandler } from 'express';

/** Applies a middleware to everything but `/v1`, the hot path. */
export function offTheChatPath(handler: RequestHandler): RequestHandler {
  return (request, response, next) => (isChatPath(request.url) ? next() : handler(request, response, next));
}

export function isChatPath(url: string): boolean {
  return url.startsWith('/v1/') || url === '/v1';
}
