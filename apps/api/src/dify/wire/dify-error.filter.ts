import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { RateLimited } from '../../platform/errors/http.errors.js';
import { difyErrorOf } from './error-mapping.js';
import { sendJson } from './send-json.js';

/** Answers errors of `/v1` the way Dify does. */
@Catch()
export class DifyErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(DifyErrorFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const error = difyErrorOf(exception);
    if (error.status >= 500) this.logger.error(exception, exception instanceof Error ? exception.stack : undefined);
    if (response.headersSent) return void response.destroy();
    if (error.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="api"');
    if (exception instanceof RateLimited) response.setHeader('Retry-After', String(exception.retryAfterSeconds));
    if (error.status === 503) response.setHeader('Retry-After', '2');
    sendJson(response, error.status, error.toBody());
  }
}
