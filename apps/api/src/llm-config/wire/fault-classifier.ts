import type { IncomingHttpHeaders } from 'node:http';
import type { FaultKind } from '@opsagent/contracts';
import { faultOfCode, type CodedFault } from '../providers/error-table.js';
import type { ProviderDescriptor } from '../providers/provider-descriptor.js';
import { faultOfStatus, faultOfWords } from './fault-words.js';
import { parsed } from './frames.js';

/** What an error body or an error frame says, whatever its shape. */
export interface ProviderSaid {
  code?: string;
  type?: string;
  message?: string;
  requestId?: string;
  /** What else it is: a page of a website, or a whole answer where a stream was asked for. */
  form?: 'page' | 'whole';
}

/** Reads an error out of any of the providers' bodies: enveloped, flat, a bare text, FastAPI's `detail`, Google's list of one. */
export function saidIn(body: unknown): ProviderSaid {
  const only: unknown = Array.isArray(body) ? body[0] : body;
  if (typeof only !== 'object' || only === null) return {};
  const outer = only as Record<string, unknown>;
  const requestId = textOf(outer.request_id) ?? textOf(outer.id);
  if (typeof outer.error === 'string') return { message: outer.error, requestId };
  const inner =
    typeof outer.error === 'object' && outer.error !== null ? (outer.error as Record<string, unknown>) : outer;
  return {
    code: textOf(inner.code) ?? textOf(inner.error_code),
    type: textOf(inner.type),
    message:
      textOf(inner.message) ??
      textOf(inner.error_msg) ??
      textOf(inner.msg) ??
      textOf(inner.detail) ??
      jsonOf(inner.detail),
    requestId,
  };
}

/** The same from the text of a refused request; a page of HTML says nothing. */
export function saidInText(text: string): ProviderSaid {
  const body = parsed(text);
  if (body !== undefined) return isWholeAnswer(body) ? { form: 'whole' } : saidIn(body);
  if (isPage(text)) return { form: 'page' };
  return /^\s*</.test(text) ? {} : { message: text.trim() || undefined };
}

function isPage(text: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body)/i.test(text);
}

function isWholeAnswer(body: unknown): boolean {
  const { choices } = (body ?? {}) as { choices?: unknown };
  return Array.isArray(choices) && choices.some((choice) => Boolean((choice as { message?: unknown } | null)?.message));
}

/** What of a provider the classifier reads. */
export type ProviderErrors = Pick<ProviderDescriptor, 'errors' | 'telling'>;

/** Which fault this is: status 401 and 402, then the provider's own sentences, code, type, words, and the status as the last resort. */
export function faultOf(provider: ProviderErrors, http: number | undefined, said: ProviderSaid): FaultKind {
  const status = http ?? statusIn(said.code);
  const named = namedBy(provider, said);
  // Some call a model or a permission that is missing unauthorised; whatever else is said, the key is meant.
  if (status === 401) return named === 'permission' || named === 'model_not_found' ? named : 'invalid_key';
  if (status === 402) return 'insufficient_balance';
  // A code that only says that something is bad is less than a sentence that says why, and than a status that says which.
  const coded = named === 'bad_request' || named === 'server' ? undefined : named;
  const worded = faultOfWords(said.message);
  // Too many tokens a minute are not too many in one conversation.
  const told = status === 429 && worded === 'context_too_long' ? undefined : worded;
  const byStatus = faultOfStatus(status ?? 500);
  return coded ?? told ?? (byStatus === 'overloaded' ? byStatus : (named ?? byStatus));
}

function namedBy({ errors, telling = [] }: ProviderErrors, said: ProviderSaid): CodedFault | undefined {
  const told = telling.find(([pattern]) => pattern.test(said.message ?? ''))?.[1];
  return told ?? faultOfCode(errors, said.code) ?? faultOfCode(errors, said.type);
}

/** How long to wait in milliseconds: OpenAI's own header, or `Retry-After` in seconds or as a date (RFC 9110 §10.2.3). */
export function retryAfterMs(headers: IncomingHttpHeaders, now: number): number | undefined {
  const exact = headers['retry-after-ms'];
  if (typeof exact === 'string' && /^\d+$/.test(exact)) return Number(exact);
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : undefined;
}

export function requestIdIn(headers: IncomingHttpHeaders): string | undefined {
  const id = headers['x-request-id'] ?? headers['request-id'];
  return Array.isArray(id) ? id[0] : id;
}

/** vLLM and gateways put the HTTP status into a frame or a 200 as its code. */
function statusIn(code: string | undefined): number | undefined {
  return code !== undefined && /^[45]\d\d$/.test(code) ? Number(code) : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function jsonOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
