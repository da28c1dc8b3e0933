import { HttpErrorResponse } from '@angular/common/http';
import type { FieldProblemDto, ProblemDto, ReachedLimitDto } from '@opsagent/contracts';

/** What went wrong with a call to `/api`, whoever says it: the server, the network or the code here. */
export interface Problem {
  /** 0 when no answer came. */
  readonly status: number;
  /** The server's stable code, or `network`, `offline`, `unexpected` from here. */
  readonly code: string;
  readonly detail: string;
  readonly requestId: string | null;
  /** The permission that is missing, where that is what is wrong. */
  readonly permission: string | null;
  readonly errors: readonly FieldProblemDto[];
  /** What the server has now, on a stale edit. */
  readonly current: unknown;
  /** When it may be tried again, in seconds from now; null when nobody says. */
  readonly retryAfter: number | null;
  /** The limit of an administrator's that is reached, and when it counts from nothing again. */
  readonly limit?: ReachedLimitDto & { readonly resetsAt: string | null };
}

/** Statuses of a server, or of a proxy in front of it, that cannot answer now but may soon; 0 is no answer at all. */
const SILENT = [0, 502, 503, 504];

/** True when nobody answered, or only a proxy that has nobody to ask. */
export function isSilent(status: number): boolean {
  return SILENT.includes(status);
}

/** True when it is the server that is missing, not the request that is wrong. */
export function isUnreachable(problem: Problem): boolean {
  return isSilent(problem.status) && problem.code !== 'unexpected';
}

/** Thrown by calls that do not go through HttpClient, such as streams. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** Reads the problem out of whatever was thrown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof HttpErrorResponse) {
    return error.status === 0
      ? noAnswer(error.message)
      : fromBody(error.status, error.error, error.headers.get('Retry-After'));
  }
  // httpResource wraps what is no HttpErrorResponse; the cause says more.
  if (error instanceof Error && error.cause !== undefined) return toProblem(error.cause);
  return made(0, 'unexpected', error instanceof Error ? error.message : String(error));
}

/** Reads the problem out of a refused `fetch`. */
export async function problemOfResponse(response: Response): Promise<Problem> {
  return fromBody(response.status, await response.text(), response.headers.get('Retry-After'));
}

/** The problem of a call that got no answer at all. */
export function noAnswer(detail: string): Problem {
  return made(0, navigator.onLine ? 'network' : 'offline', detail);
}

function fromBody(status: number, body: unknown, wait: string | null): Problem {
  const retryAfter = secondsOf(wait);
  const parsed = typeof body === 'string' ? parse(body) : body;
  if (!isProblem(parsed)) {
    const detail = typeof body === 'string' ? body.slice(0, 500) : '';
    return { ...made(status, `http-${status}`, detail), retryAfter };
  }
  return {
    status,
    code: parsed.code,
    detail: parsed.detail,
    requestId: parsed.request_id ?? null,
    permission: parsed.permission ?? null,
    errors: parsed.errors ?? [],
    current: parsed.current,
    retryAfter,
    ...(parsed.limit ? { limit: { ...parsed.limit, resetsAt: parsed.resets_at ?? null } } : {}),
  };
}

/** `Retry-After` is a number of seconds or a date (RFC 9110 §10.2.3). */
function secondsOf(wait: string | null): number | null {
  if (wait === null || wait.trim() === '') return null;
  const seconds = /^\d+$/.test(wait.trim()) ? Number(wait) : (Date.parse(wait) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

function isProblem(body: unknown): body is ProblemDto & { current?: unknown } {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return text;
    throw cause;
  }
}

function made(status: number, code: string, detail: string): Problem {
  return { status, code, detail, requestId: null, permission: null, errors: [], current: undefined, retryAfter: null };
}
