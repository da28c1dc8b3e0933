import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import type { RequestContexts } from '../actor/request-context.js';
import { isChatPath } from '../http/off-the-chat-path.js';

const logger = new Logger('Request');

/** Answers come from here by the thousand; their runs are what is worth a line. */
const CHAT = '/v1/chat-messages';

/** Gives a request its id and, off the chat path, its context; tells the log how it ended. */
export function requestContext(contexts: RequestContexts): RequestHandler {
  return (request, response, next) => {
    if (request.url.startsWith(CHAT)) return next();
    const id = randomUUID();
    logAtEnd(request, response, id);
    if (isChatPath(request.url)) return next();
    response.setHeader('X-Request-Id', id);
    contexts.run({ id, address: request.ip ?? null }, next);
  };
}

/** Watchers ask for `/health` every few seconds; nobody wants to read that. */
function logAtEnd(request: Request, response: Response, id: string): void {
  if (request.path.startsWith('/health')) return;
  const from = performance.now();
  response.once('close', () => {
    const ms = Math.round(performance.now() - from);
    logger.log({
      msg: 'answered',
      request_id: id,
      method: request.method,
      route: routeOf(request),
      status: response.statusCode,
      ms,
    });
  });
}

/** The pattern of the route, never the query: a path may be logged, what people search for may not. */
function routeOf(request: Request): string {
  const { path } = (request.route ?? request) as { path: unknown };
  return typeof path === 'string' ? path.slice(0, 200) : request.path.slice(0, 200);
}
