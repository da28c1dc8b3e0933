import type { ToolSourceSettingsDto } from '@opsagent/contracts';
import {
  AddressInvalid,
  AnswerTooLarge,
  ConnectTimedOut,
  ExchangeTimedOut,
  OutboundRefused,
  Unreachable,
} from '../../platform/outbound/outbound.errors.js';
import type { Outbound, Place } from '../../platform/outbound/outbound.js';
import { type OpenSource, SourceFailed } from './source-kind.js';

/** One request to a source that speaks HTTP. */
export interface SourceRequest {
  /** Below the source's base address, with a slash first. */
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
  readonly totalMs?: number;
  readonly maxBytes?: number;
  /** Whether 401 and 403 are answers like others, because the source says in them what is missing. */
  readonly tellsRefusals?: boolean;
}

export interface SourceAnswer {
  readonly status: number;
  readonly text: string;
}

const TOTAL_MS = 20_000;
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Asks a source with its credentials; redirects are not followed.
 * @throws SourceFailed when no answer came or it refused the credentials; the reason of `signal` when it is aborted
 */
export async function askSource(outbound: Outbound, source: OpenSource, request: SourceRequest): Promise<SourceAnswer> {
  const { signal, method = 'GET', totalMs = TOTAL_MS, maxBytes = MOST_BYTES } = request;
  try {
    const response = await outbound.request(addressOf(source.settings, request), {
      method,
      headers: { accept: 'application/json', ...credentialsOf(source), ...request.headers, ...typeOf(request) },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal,
      totalMs,
      maxBytes,
    });
    const chunks: Buffer[] = [];
    for await (const bytes of response.body) chunks.push(bytes);
    if (!request.tellsRefusals) checkCredentials(source, response.status);
    checkPlace(source, response.redirect);
    return { status: response.status, text: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(source, error as Error);
  }
}

/** The answer as JSON. @throws SourceFailed when it is none */
export function jsonOf<T>({ name }: OpenSource, { text }: SourceAnswer): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new SourceFailed('wrong_service', `${name} did not answer in JSON: ${text.slice(0, 200)}`);
  }
}

/** Where a source with a base address listens. */
export function placeOfUrl({ url = '' }: ToolSourceSettingsDto): Place | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) };
}

/** What is wrong with a base address. */
export function problemWithUrl({ url = '' }: ToolSourceSettingsDto) {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return problem('url must be an http or https address');
  if (parsed.username !== '' || parsed.password !== '') return problem('url must not carry credentials');
  if (parsed.search !== '' || parsed.hash !== '') return problem('url must end before any ? or #');
  return undefined;
}

function problem(message: string) {
  return { setting: 'url' as const, message };
}

function addressOf({ url = '' }: ToolSourceSettingsDto, { path, query = {} }: SourceRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) search.append(name, one);
  }
  return `${url.replace(/\/+$/, '')}${path}${search.size > 0 ? `?${search.toString()}` : ''}`;
}

function credentialsOf({ settings, secrets }: OpenSource): Record<string, string> {
  if (secrets.token !== undefined) return { authorization: `Bearer ${secrets.token}` };
  if (settings.username === undefined) return {};
  const pair = Buffer.from(`${settings.username}:${secrets.password ?? ''}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

function typeOf({ body }: SourceRequest): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json' };
}

function checkCredentials({ name }: OpenSource, status: number): void {
  if (status === 401 || status === 403) {
    throw new SourceFailed('authentication', `${name} refused the credentials (HTTP ${status}).`);
  }
}

function checkPlace({ name }: OpenSource, redirect: string | undefined): void {
  if (redirect !== undefined) {
    throw new SourceFailed('wrong_service', `${name} sends on to ${redirect}; enter that address if it is right.`);
  }
}

function failureOf({ name }: OpenSource, error: Error): Error {
  if (error instanceof SourceFailed) return error;
  const message = `${name} could not be asked: ${error.message}.`;
  if (error instanceof OutboundRefused || error instanceof AddressInvalid) {
    return new SourceFailed('address_refused', message, { cause: error });
  }
  if (error instanceof ConnectTimedOut || error instanceof ExchangeTimedOut) {
    return new SourceFailed('timeout', message, { cause: error });
  }
  if (error instanceof Unreachable) {
    return new SourceFailed(error.reason === 'tls' ? 'tls' : 'unreachable', message, { cause: error });
  }
  return new SourceFailed(error instanceof AnswerTooLarge ? 'failed' : 'unreachable', message, { cause: error });
}
