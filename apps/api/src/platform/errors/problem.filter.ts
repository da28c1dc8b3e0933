import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, NotFoundException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { databaseUnavailable } from '../database/database-unavailable.js';
import { RefusedRequests } from '../actor/refused-requests.js';
import { RequestContexts } from '../actor/request-context.js';
import { RouteTable } from '../actor/route-table.js';
import { DependencyDown, MethodNotAllowed, NoSuchRoute, RateLimited } from './http.errors.js';
import { problemOf } from './problem.js';
import { DomainError } from './domain-error.js';

/** Answers every error of the server as RFC 9457 problem details, wherever no wire has a filter of its own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(
    private readonly contexts: RequestContexts,
    private readonly routes: RouteTable,
    private readonly refused: RefusedRequests,
  ) {}

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const error = this.named(exception, request);
    const problem = problemOf(error, this.contexts.current()?.id);
    if (problem.status >= 500) this.tell(exception);
    if (isRefusal(problem.status, request)) await this.refused.record(request, problem.code);
    if (response.headersSent) return void response.destroy();
    if (error instanceof MethodNotAllowed) response.setHeader('Allow', error.allowed.join(', '));
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="api"');
    if (error instanceof RateLimited) response.setHeader('Retry-After', String(error.retryAfterSeconds));
    if (problem.status === 503) response.setHeader('Retry-After', '2');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  /** What somebody else's server refused is no fault of this one. */
  private tell(exception: unknown): void {
    if (exception instanceof DomainError && exception.kind === 'upstream') this.logger.warn(exception.message);
    else this.logger.error(exception, exception instanceof Error ? exception.stack : undefined);
  }

  /** Gives the errors of the framework and of the database driver our own names. */
  private named(exception: unknown, request: Request): unknown {
    if (exception instanceof DomainError) return exception;
    if (databaseUnavailable(exception)) return new DependencyDown({ cause: exception });
    // Only the router itself finds nothing without having matched a route.
    if (exception instanceof NotFoundException && request.route === undefined) return this.noRoute(request);
    return exception;
  }

  private noRoute({ method, path }: Request): DomainError {
    const allowed = this.routes.methodsAt(path);
    return allowed.length > 0 ? new MethodNotAllowed(allowed) : new NoSuchRoute(method, path);
  }
}

/** Who sends nothing to prove who they are has only not signed in yet. */
function isRefusal(status: number, { headers, url }: Request): boolean {
  return url.startsWith('/api/') && (status === 403 || (status === 401 && headers.authorization !== undefined));
}
