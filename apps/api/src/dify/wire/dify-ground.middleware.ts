import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RouteTable } from '../../platform/actor/route-table.js';
import { DIFY_VERSION } from './dify-version.js';
import { DifyError, DifyNotFound, NO_SUCH_URL } from './dify-error.js';
import { sendJson } from './send-json.js';

const NOT_FOUND = new DifyNotFound(NO_SUCH_URL);
const METHOD_NOT_ALLOWED = new DifyError(405, 'method_not_allowed', 'The method is not allowed for the requested URL.');
const METHODS = 'GET, PUT, POST, DELETE, OPTIONS, PATCH';
const PREFLIGHT = {
  'Access-Control-Allow-Methods': METHODS,
  'Access-Control-Allow-Headers': 'Content-Type, Authorization, X-App-Code',
  'Access-Control-Max-Age': '600',
  'Content-Length': '0',
};

/**
 * What every answer of `/v1` has, refusals included: Dify's version, and the leave for any web page to read it,
 * since front ends of Dify's call it straight from browsers with a key of their own. No cookie is ever looked at here.
 */
@Injectable()
export class DifyGround implements NestMiddleware {
  constructor(private readonly routes: RouteTable) {}

  use(request: Request, response: Response, next: NextFunction): void {
    response.setHeader('X-Version', DIFY_VERSION);
    response.setHeader('X-Env', 'PRODUCTION');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', 'X-Version, X-Env, X-Trace-Id');
    if (request.method === 'OPTIONS') return void response.writeHead(204, PREFLIGHT).end();
    const path = request.originalUrl.split('?', 1)[0] ?? '';
    const isChat = request.method === 'POST' && path === '/v1/chat-messages';
    if (isChat || this.isRoute(request.method, path, response)) next();
  }

  /** Asked before any key is looked at, as Dify's router does. */
  private isRoute(method: string, path: string, response: Response): boolean {
    const methods = isWritten(path) ? this.routes.methodsAt(path) : [];
    if (methods.includes(method === 'HEAD' ? 'GET' : method)) return true;
    if (methods.length > 0) response.setHeader('Allow', methods.join(', '));
    const refusal = methods.length > 0 ? METHOD_NOT_ALLOWED : NOT_FOUND;
    sendJson(response, refusal.status, refusal.toBody());
    return false;
  }
}

/** Whether what is escaped in a path can be read; what cannot leads nowhere. */
function isWritten(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
