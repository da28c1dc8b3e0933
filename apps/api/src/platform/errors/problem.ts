import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import type { ProblemDto } from '@opsagent/contracts';
import { DomainError, type ErrorKind } from './domain-error.js';

/** The HTTP status of each kind of error on `/api`. */
export const STATUS_OF: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  rate_limited: 429,
  upstream: 502,
  unavailable: 503,
};

/** An error that says more than its sentence, for example the current value on a conflict. */
export interface WithMembers {
  /** Further members of the problem, by their wire names (RFC 9457 §3.2). */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Writes an error as RFC 9457 problem details; whatever nobody foresaw says nothing about its cause. */
export function problemOf(error: unknown, requestId: string | undefined): ProblemDto {
  if (error instanceof DomainError) return domainProblem(error, requestId);
  if (error instanceof HttpException) return httpProblem(error, requestId);
  return problem(500, 'internal/unexpected', 'Something went wrong in the server; its log knows more.', requestId);
}

function domainProblem(error: DomainError & WithMembers, requestId: string | undefined): ProblemDto {
  const { kind, code, message, fields, members } = error;
  return {
    ...members,
    ...problem(STATUS_OF[kind], code, message, requestId),
    ...(fields.length > 0 ? { errors: fields.map(({ field, message }) => ({ field, message })) } : {}),
  };
}

function httpProblem(error: HttpException, requestId: string | undefined): ProblemDto {
  const status = error.getStatus();
  const words = (STATUS_CODES[status] ?? 'error').toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return problem(status, `http/${words}`, status < 500 ? error.message : 'The server cannot do this.', requestId);
}

function problem(status: number, code: string, detail: string, requestId: string | undefined): ProblemDto {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail, code, ...(requestId ? { request_id: requestId } : {}) };
}
