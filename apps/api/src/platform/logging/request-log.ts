import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import type { RequestContexts } from '../actor/request-context.js';

const logger = new Logger('Request');

/** Gives a request its id and its context, and tells the log how it ended. */
export function requestContext(contexts: RequestContexts): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID();
    response.setHeader('X-Request-Id', id);
    logAtEnd(request, response, id);
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
