import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { JsonBody } from './json-body.js';

const API_LIMIT_BYTES = 1024 * 1024;
/** A question may be 1,000,000 characters long, and a character up to six bytes of JSON. */
const QUESTION_LIMIT_BYTES = 8 * 1024 * 1024;
const QUESTION_PATH = /^\/api\/sessions\/[^/]+\/messages\/?$/i;
/** A file may be 20,000,000 characters long; most of them are one byte, and some are escaped. */
const FILE_LIMIT_BYTES = 48 * 1024 * 1024;
const FILE_PATH = /^\/api\/(llm-configs\/import(\/plan)?|runbooks\/import)\/?$/i;
/** What Dify's own server takes. */
const DIFY_LIMIT_BYTES = 15 * 1024 * 1024;

/** Read by their routes as they come: forms with a file. */
const FORM_PATH = /^\/v1\/(files\/upload|audio-to-text)\/?$/i;

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Reads the body once the access guard has let the request through: nobody unknown makes the server parse anything. */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  private readonly api = new JsonBody(API_LIMIT_BYTES);
  private readonly questions = new JsonBody(QUESTION_LIMIT_BYTES);
  private readonly files = new JsonBody(FILE_LIMIT_BYTES);
  private readonly dify = new JsonBody(DIFY_LIMIT_BYTES);

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (!METHODS_WITH_BODY.has(request.method) || FORM_PATH.test(request.path)) return true;
    await this.readerOf(request.path).parseInto(request, http.getResponse<Response>());
    return true;
  }

  private readerOf(path: string): JsonBody {
    if (path.startsWith('/v1/')) return this.dify;
    if (FILE_PATH.test(path)) return this.files;
    return QUESTION_PATH.test(path) ? this.questions : this.api;
  }
}
