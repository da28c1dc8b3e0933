import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import type { FaultKind } from '@opsagent/contracts';
import { LlmConfigNotForYou, LlmConfigNotUsable, NoDefaultLlmConfig } from '../../llm-config/llm-config.errors.js';
import { UpstreamFailed } from '../../llm-config/wire/model-wire.js';
import { databaseUnavailable } from '../../platform/database/database-unavailable.js';
import { DomainError, type ErrorKind } from '../../platform/errors/domain-error.js';
import { BudgetSpent } from '../../platform/limits/limit.errors.js';
import { MalformedJson } from '../../platform/errors/http.errors.js';
import {
  FirstMessageNotFound,
  LastSessionNotFound,
  MessageNotFound,
  SessionNotFound,
} from '../../session/session.errors.js';
import { DifyError, DifyNotFound, InternalServerError } from './dify-error.js';

interface Answer {
  status: number;
  code: string;
}

const BAD_REQUEST: Answer = { status: 400, code: 'bad_request' };
const CALL_FAILED: Answer = { status: 400, code: 'completion_request_error' };
const NOT_SET_UP: Answer = { status: 400, code: 'provider_not_initialize' };
const NO_QUOTA: Answer = { status: 400, code: 'provider_quota_exceeded' };
const NO_SUCH_MODEL: Answer = { status: 400, code: 'model_currently_not_support' };
const INTERNAL: Answer = { status: 500, code: 'internal_server_error' };

const OF_KIND: Record<ErrorKind, Answer> = {
  invalid: { status: 400, code: 'invalid_param' },
  unauthenticated: { status: 401, code: 'unauthorized' },
  forbidden: { status: 403, code: 'forbidden' },
  not_found: { status: 404, code: 'not_found' },
  method_not_allowed: { status: 405, code: 'method_not_allowed' },
  conflict: { status: 409, code: 'conflict' },
  too_large: { status: 413, code: 'request_entity_too_large' },
  unsupported_media: { status: 415, code: 'unsupported_media_type' },
  rate_limited: { status: 429, code: 'too_many_requests' },
  upstream: CALL_FAILED,
  unavailable: { status: 503, code: 'service_unavailable' },
};

/** A provider's own 401 or 429 is none of ours: clients would take it for a bad app key or wait for us. */
const OF_FAULT: Record<FaultKind, Answer> = {
  invalid_key: NOT_SET_UP,
  permission: NOT_SET_UP,
  insufficient_balance: NO_QUOTA,
  quota_window: NO_QUOTA,
  model_not_found: NO_SUCH_MODEL,
  not_usable: NO_SUCH_MODEL,
  rate_limit: CALL_FAILED,
  overloaded: CALL_FAILED,
  context_too_long: CALL_FAILED,
  content_filter: CALL_FAILED,
  bad_request: CALL_FAILED,
  server: CALL_FAILED,
  timeout: CALL_FAILED,
  cut_off: CALL_FAILED,
  unreachable: CALL_FAILED,
  refused_by_policy: CALL_FAILED,
  empty_answer: CALL_FAILED,
  truncated_tool_call: CALL_FAILED,
  interrupted: CALL_FAILED,
  internal: INTERNAL,
};

/** What a failed turn is on Dify's wire, as an HTTP answer or inside a stream. */
export function turnFailure({ kind, detail }: { kind: FaultKind; detail: string }): DifyError {
  const { status, code } = OF_FAULT[kind];
  return new DifyError(status, code, detail);
}

/** What any error is on Dify's wire. */
export function difyErrorOf(error: unknown): DifyError {
  if (error instanceof DifyError) return error;
  if (error instanceof DomainError) return ofDomain(error);
  if (error instanceof HttpException) return ofHttp(error);
  if (databaseUnavailable(error)) {
    return new DifyError(503, 'service_unavailable', 'The server cannot reach its database just now.', {
      cause: error,
    });
  }
  return new InternalServerError({ cause: error });
}

function ofDomain(error: DomainError): DifyError {
  if (error instanceof SessionNotFound) return new DifyNotFound('Conversation Not Exists.');
  if (error instanceof LastSessionNotFound) return new DifyNotFound('Last Conversation Not Exists.');
  if (error instanceof FirstMessageNotFound) return new DifyNotFound('First Message Not Exists.');
  if (error instanceof MessageNotFound) return new DifyNotFound('Message Not Exists.');
  const { status, code } = answerOf(error);
  return new DifyError(status, code, error.message, { cause: error });
}

function answerOf(error: DomainError): Answer {
  if (error instanceof MalformedJson) return BAD_REQUEST;
  if (error instanceof UpstreamFailed) return OF_FAULT[error.fault];
  if (error instanceof BudgetSpent) return { status: 429, code: 'rate_limit_error' };
  if (error instanceof NoDefaultLlmConfig) return NOT_SET_UP;
  if (error instanceof LlmConfigNotUsable || error instanceof LlmConfigNotForYou) return NO_SUCH_MODEL;
  return OF_KIND[error.kind];
}

/** Dify calls the framework's own errors by their HTTP names. */
function ofHttp(error: HttpException): DifyError {
  const status = error.getStatus();
  const name = STATUS_CODES[status] ?? 'Internal Server Error';
  return status >= 500
    ? new InternalServerError({ cause: error })
    : new DifyError(status, name.toLowerCase().replaceAll(/[^a-z]+/g, '_'), error.message, { cause: error });
}
