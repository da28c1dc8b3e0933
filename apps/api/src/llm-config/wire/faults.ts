import type { FaultKind } from '@opsagent/contracts';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { PROVIDERS } from '../providers/providers.js';
import {
  AddressInvalid,
  AnswerTooLarge,
  ConnectionLost,
  ConnectTimedOut,
  ExchangeTimedOut,
  NotHttp,
  OutboundRefused,
  Unreachable,
} from '../../platform/outbound/outbound.errors.js';
import { AnswerUnusable, ErrorFrame } from './answer.js';
import { faultOf, saidInText, type ProviderSaid } from './fault-classifier.js';
import { UnreadableFrame } from './frames.js';
import { LineTooLong } from './line-reader.js';
import { UpstreamFailed, type UpstreamFacts } from './model-wire.js';
import { fitToShow } from './provider-words.js';

/** Each completes a sentence that begins with what was asked: `The model configuration "main" …`. */
const CAUSES: Readonly<Record<FaultKind, string>> = {
  invalid_key: 'was refused: its API key is not valid',
  permission: 'was refused: its API key may not use this model',
  insufficient_balance: 'was refused: the account has no balance left',
  rate_limit: 'was refused: too many requests at once',
  quota_window: 'was refused: a quota of the account is used up for now',
  overloaded: 'got no answer: the provider is overloaded',
  context_too_long: 'was refused: the conversation is longer than the model can read',
  content_filter: 'was refused: the content was blocked by the provider',
  model_not_found: 'was refused: the model or the address was not found',
  bad_request: 'was refused: the provider did not accept the request',
  server: 'got no answer: the provider failed',
  timeout: 'got no answer in time',
  cut_off: 'got only a part of the answer: the stream was cut off',
  unreachable: 'could not be reached',
  refused_by_policy: 'was not asked: its address may not be reached from this server',
  empty_answer: 'got an empty answer',
  truncated_tool_call: 'got a tool call that was cut off by the longest answer allowed',
  not_usable: 'is not usable',
  interrupted: 'was interrupted',
  internal: 'failed',
};

/** What came, with every sign of success, instead of an answer. */
const NO_ANSWER = {
  page: 'got a web page instead of an answer; check its address',
  whole: 'got its answer whole: the address does not stream',
  strange: 'got something that is no answer of a model; check its address',
} as const;

/** A request that was answered with an error, or with something that is no stream. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly said: ProviderSaid,
    readonly retryAfterMs: number | undefined,
    readonly requestId: string | undefined,
    readonly redirect?: string,
  ) {
    super(`HTTP ${status}`);
  }
}

/** One of our own timers ran out; the message completes the sentence of the configuration. */
export class OutOfPatience extends Error {}

/** Says what went wrong with one configuration's provider, in one closed set of kinds and without its key. */
export class Faults {
  /** @param subject what the sentences begin with */
  constructor(
    private readonly config: Pick<LlmConfigFacts, 'name' | 'provider' | 'headers' | 'apiKey'>,
    private readonly subject = `The model configuration "${config.name}"`,
  ) {}

  /** Anything thrown on the way to an answer, as a failure; what is no fault of the provider's comes back as it is. */
  explain(error: unknown): unknown {
    if (error instanceof Refused) return this.refused(error);
    if (error instanceof ErrorFrame) return this.said(error.said, {}, error);
    if (error instanceof AnswerUnusable) return this.failure(error.fault, CAUSES[error.fault], {}, error);
    if (error instanceof OutOfPatience) return this.failure('timeout', error.message, {}, error);
    if (error instanceof UnreadableFrame) return this.unreadable(error);
    return this.transport(error);
  }

  private refused(error: Refused): UpstreamFailed {
    const { status, said, retryAfterMs } = error;
    const facts = { httpStatus: status, retryAfterMs, requestId: this.shown(error.requestId) };
    if (status >= 300 && status < 400) return this.redirected(error, facts);
    if (status === 200 && said.code === undefined && said.message === undefined) {
      return this.failure('server', NO_ANSWER[said.form ?? 'strange'], facts, error);
    }
    return this.said(said, facts, error);
  }

  private redirected(error: Refused, facts: UpstreamFacts): UpstreamFailed {
    const redirect = this.shown(error.redirect);
    const because = redirect
      ? `was answered with a redirect to ${redirect}; enter that address if it is right`
      : `was answered with a redirect (HTTP ${error.status}) that names no address`;
    return this.failure('bad_request', because, redirect ? { ...facts, redirect } : facts, error);
  }

  private transport(error: unknown): unknown {
    if (error instanceof OutboundRefused) return this.transportFailure('refused_by_policy', error);
    if (error instanceof AddressInvalid) return this.transportFailure('bad_request', error);
    if (error instanceof Unreachable || error instanceof NotHttp) return this.transportFailure('unreachable', error);
    if (error instanceof ConnectTimedOut || error instanceof ExchangeTimedOut)
      return this.transportFailure('timeout', error);
    if (error instanceof ConnectionLost)
      return this.transportFailure(error.beforeAnswer ? 'unreachable' : 'cut_off', error);
    if (error instanceof AnswerTooLarge || error instanceof LineTooLong) return this.transportFailure('server', error);
    return error;
  }

  private transportFailure(fault: FaultKind, error: Error): UpstreamFailed {
    const because = error.message === '' ? '' : ` (${error.message})`;
    return this.failure(fault, CAUSES[fault] + because, {}, error);
  }

  private said(said: ProviderSaid, facts: UpstreamFacts, cause: Error): UpstreamFailed {
    const fault = faultOf(
      PROVIDERS[this.config.provider],
      facts.httpStatus === 200 ? undefined : facts.httpStatus,
      said,
    );
    const providerMessage = this.shown(said.message);
    const status = facts.httpStatus === undefined || facts.httpStatus === 200 ? '' : ` (HTTP ${facts.httpStatus})`;
    const words =
      providerMessage === undefined || fault === 'invalid_key' ? '' : `. The provider said: ${providerMessage}`;
    const requestId = facts.requestId ?? this.shown(said.requestId);
    return this.failure(
      fault,
      CAUSES[fault] + status + words,
      { ...facts, providerCode: this.shown(said.code ?? said.type), providerMessage, requestId },
      cause,
    );
  }

  private unreadable(error: UnreadableFrame): UpstreamFailed {
    const providerMessage = this.shown(saidInText(error.text).message);
    return this.failure('server', `got no answer: ${error.message}`, { providerMessage }, error);
  }

  /** Anything a provider wrote; it may quote what it was sent. */
  private shown(words: string | undefined): string | undefined {
    return words === undefined ? undefined : fitToShow(words, this.config.apiKey(), this.config.headers());
  }

  private failure(fault: FaultKind, because: string, facts: UpstreamFacts, cause: Error): UpstreamFailed {
    const end = /[.!?。！？…]$/.test(because) ? '' : '.';
    return new UpstreamFailed(fault, `${this.subject} ${because}${end}`, facts, { cause });
  }
}
