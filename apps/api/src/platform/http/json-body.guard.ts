import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { JsonBody } from './json-body.js';

/** A question may be 1,000,000 characters long, and a character up to six bytes of JSON. */
const API_LIMIT_BYTES = 8 * 1024 * 1024;
/** What Dify's own server takes. */
const DIFY_LIMIT_BYTES = 15 * 1024 * 1024;

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Reads the body once the access guard has let the request through: nobody unknown makes the server parse anything. */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  private readonly api = new JsonBody(API_LIMIT_BYTES);
  private readonly dify = new JsonBody(DIFY_LIMIT_BYTES);

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (!METHODS_WITH_BODY.has(request.method)) return true;
    const reader = request.path.startsWith('/v1/') ? this.dify : this.api;
    await reader.parseInto(request, http.getResponse<Response>());
    return true;
  }
}
