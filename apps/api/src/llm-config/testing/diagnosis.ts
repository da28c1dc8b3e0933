import type { FaultKind, LlmProvider, TestCause, TestRemedyDto, TestStage } from '@opsagent/contracts';
import {
  AddressInvalid,
  ConnectTimedOut,
  OutboundRefused,
  type TlsFault,
  Unreachable,
  type UnreachableReason,
} from '../../platform/outbound/outbound.errors.js';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import type { ProviderDescriptor } from '../providers/provider-descriptor.js';
import { LeadsToItself } from '../own-address.js';
import { Refused } from '../wire/faults.js';
import type { UpstreamFailed } from '../wire/model-wire.js';

/** What is wrong, and what can be done about it, best first. */
export interface Diagnosis {
  readonly cause: TestCause;
  readonly remedies: TestRemedyDto[];
}

/** What a diagnosis looks at. */
export interface Symptoms {
  readonly config: Pick<LlmConfigFacts, 'baseUrl' | 'provider' | 'parameters' | 'isEmbedding' | 'modelName'>;
  readonly key: string | null;
  readonly failure: UpstreamFailed;
  /** The rung that did not hold. */
  readonly stage: TestStage;
  readonly providers: Readonly<Record<LlmProvider, ProviderDescriptor>>;
  /** Models that the name may have meant, best first. */
  readonly nearModels: readonly string[];
}

const NOT_CONNECTED: Readonly<Record<Exclude<UnreachableReason, 'tls'>, TestCause>> = {
  dns: 'dns_unknown',
  refused: 'connection_refused',
  timeout: 'connection_timeout',
  network: 'network_unreachable',
  reset: 'connection_reset',
};

const TLS: Readonly<Record<TlsFault, TestCause>> = {
  expired: 'tls_expired',
  not_yet_valid: 'tls_expired',
  self_signed: 'tls_untrusted',
  untrusted: 'tls_untrusted',
  wrong_name: 'tls_wrong_name',
  not_spoken: 'tls_not_spoken',
  other: 'tls_not_spoken',
};

/** The cause where the kind of fault alone says it. */
const BY_KIND: Readonly<Record<FaultKind, TestCause>> = {
  invalid_key: 'key_invalid',
  permission: 'permission',
  insufficient_balance: 'no_balance',
  rate_limit: 'rate_limited',
  quota_window: 'quota_used_up',
  overloaded: 'provider_overloaded',
  context_too_long: 'context_too_long',
  content_filter: 'content_filtered',
  model_not_found: 'model_not_found',
  bad_request: 'unknown',
  server: 'provider_down',
  timeout: 'first_token_timeout',
  cut_off: 'cut_off',
  unreachable: 'connection_reset',
  refused_by_policy: 'address_refused',
  empty_answer: 'empty_answer',
  truncated_tool_call: 'tools_unsupported',
  not_usable: 'key_unreadable',
  interrupted: 'unknown',
  internal: 'unknown',
};

/** Names the cause of a failed test and what can be done about it. */
export function diagnose(symptoms: Symptoms): Diagnosis {
  const cause = causeOf(symptoms);
  return { cause, remedies: remediesFor(cause, symptoms) };
}

function causeOf(symptoms: Symptoms): TestCause {
  const { failure, key, stage, config, providers } = symptoms;
  const connecting = connectCauseOf(failure.cause);
  if (connecting) return connecting;
  const { httpStatus, providerMessage = '', redirect } = failure.facts;
  if (redirect !== undefined) return 'redirected';
  if (/http request to an? https|https port|requires https/i.test(providerMessage)) return 'http_on_tls_port';
  if (failure.fault === 'invalid_key') {
    if (key === null) return 'key_missing';
    return foreignProvider(key, config.provider, providers) ? 'key_of_other_provider' : 'key_invalid';
  }
  if (httpStatus === 404 && !namesModel(failure, config.modelName)) return 'path_not_found';
  if (failure.fault === 'bad_request') return refusalOf(symptoms);
  if (failure.fault === 'server' && httpStatus === 200) return strangeAnswerOf(failure);
  if (failure.fault === 'timeout' && stage === 'stream') return 'stalled';
  return BY_KIND[failure.fault];
}

/** What came with every sign of success, and is no stream of a model's. */
function strangeAnswerOf({ cause }: UpstreamFailed): TestCause {
  const form = cause instanceof Refused ? cause.said.form : undefined;
  if (form === 'page') return 'html_answer';
  return form === 'whole' ? 'not_streaming' : 'not_an_api';
}

function connectCauseOf(error: unknown): TestCause | null {
  if (error instanceof LeadsToItself) return 'own_address';
  if (error instanceof AddressInvalid) return 'address_invalid';
  if (error instanceof OutboundRefused) return 'address_refused';
  if (error instanceof ConnectTimedOut) return 'connection_timeout';
  if (!(error instanceof Unreachable)) return null;
  return error.reason === 'tls' ? TLS[error.tls ?? 'other'] : NOT_CONNECTED[error.reason];
}

/** A route that is not there is told from a model that is not: the provider then speaks of the model. */
function namesModel({ cause, facts }: UpstreamFailed, modelName: string): boolean {
  const said = cause instanceof Refused ? cause.said.message : facts.providerMessage;
  return said !== undefined && (/model|endpoint|模型/i.test(said) || said.includes(modelName));
}

function refusalOf({ failure, config, stage }: Symptoms): TestCause {
  const words = failure.facts.providerMessage ?? '';
  if (stage === 'tool_call' || /does not support tools|tool.?choice|enable-auto-tool/i.test(words))
    return 'tools_unsupported';
  if (!config.isEmbedding && /embedding|not a chat model|does not support chat/i.test(words)) return 'not_a_chat_model';
  if (config.isEmbedding && /does not support embeddings?|not an embedding|chat model/i.test(words))
    return 'not_an_embedding_model';
  return refusedParameter(words, config.parameters) ? 'parameter_refused' : 'unknown';
}

function refusedParameter(words: string, parameters: LlmConfigFacts['parameters']): string | null {
  const set: [string, number | null][] = [
    ['temperature', parameters.temperature],
    ['top_p', parameters.topP],
    ['frequency_penalty', parameters.frequencyPenalty],
    ['presence_penalty', parameters.presencePenalty],
    ['max_tokens', parameters.maxTokens],
  ];
  return set.find(([name, value]) => value !== null && words.includes(name))?.[0] ?? null;
}

function remediesFor(cause: TestCause, symptoms: Symptoms): TestRemedyDto[] {
  const { config, failure, key, providers, nearModels } = symptoms;
  const { keyUrl, billingUrl, docsUrl, addresses } = providers[config.provider];
  const url = URL.canParse(config.baseUrl) ? new URL(config.baseUrl) : null;
  const retry: TestRemedyDto = { action: 'retry', value: null };
  switch (cause) {
    case 'address_refused':
      return [{ action: 'allow_address', value: `OPSAGENT_OUTBOUND_ALLOW=${placeOf(url)}` }];
    case 'tls_untrusted':
      return [{ action: 'trust_certificate', value: 'NODE_EXTRA_CA_CERTS' }];
    case 'tls_not_spoken':
      return [{ action: 'use_base_url', value: config.baseUrl.replace(/^https:/, 'http:') }];
    case 'http_on_tls_port':
      return [{ action: 'use_base_url', value: config.baseUrl.replace(/^http:/, 'https:') }];
    case 'redirected':
      return redirectRemedy(failure.facts.redirect);
    case 'path_not_found':
    case 'html_answer':
      return [{ action: 'use_base_url', value: otherVersionOf(config.baseUrl) }, ...page('open_docs', docsUrl)];
    case 'key_of_other_provider': {
      const other = foreignProvider(key ?? '', config.provider, providers);
      return [
        { action: 'enter_key', value: null },
        ...(other ? [{ action: 'use_provider' as const, value: other }] : []),
      ];
    }
    case 'key_missing':
    case 'key_unreadable':
      return [{ action: 'enter_key', value: null }, ...page('open_key_page', keyUrl)];
    case 'key_invalid':
      // A key of one region is refused by the others like a wrong one.
      return [
        { action: 'enter_key', value: null },
        ...page('open_key_page', keyUrl),
        ...addresses
          .filter((address) => new URL(address.url).host !== url?.host)
          .map((address) => ({ action: 'use_base_url' as const, value: address.url })),
      ];
    case 'permission':
    case 'quota_used_up':
      return page('open_key_page', keyUrl);
    case 'no_balance':
      return page('open_billing_page', billingUrl);
    case 'rate_limited': {
      const wait = failure.facts.retryAfterMs;
      return [wait === undefined ? retry : { action: 'wait', value: String(Math.ceil(wait / 1000)) }];
    }
    case 'model_not_found':
      return nearModels.map((model) => ({ action: 'use_model' as const, value: model }));
    case 'not_a_chat_model':
      return [{ action: 'use_kind', value: 'embedding' }];
    case 'not_an_embedding_model':
      return [{ action: 'use_kind', value: 'chat' }];
    case 'parameter_refused': {
      const name = refusedParameter(failure.facts.providerMessage ?? '', config.parameters);
      return [{ action: 'clear_parameter', value: name }];
    }
    case 'not_an_api':
    case 'not_streaming':
    case 'own_address':
    case 'tools_unsupported':
      return page('open_docs', docsUrl);
    case 'unknown':
      return [];
    default:
      return [retry];
  }
}

function page(action: 'open_key_page' | 'open_billing_page' | 'open_docs', url: string | null): TestRemedyDto[] {
  return url === null ? [] : [{ action, value: url }];
}

/** The redirect leads to the whole address; what is configured is the part in front of the route. */
function redirectRemedy(redirect: string | undefined): TestRemedyDto[] {
  const value = redirect?.replace(/\/(chat\/completions|embeddings|api\/(chat|embed))\/?$/, '');
  return value && /^https?:/.test(value) ? [{ action: 'use_base_url', value }] : [];
}

/** With `/v1` where there is none, without it where it stands. */
function otherVersionOf(baseUrl: string): string {
  return /\/v\d+$/.test(baseUrl) ? baseUrl.replace(/\/v\d+$/, '') : `${baseUrl}/v1`;
}

function placeOf(url: URL | null): string {
  if (!url) return '';
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

function foreignProvider(
  key: string,
  own: LlmProvider,
  providers: Readonly<Record<LlmProvider, ProviderDescriptor>>,
): LlmProvider | null {
  if (!providers[own].keyRequired) return null;
  const owner = Object.values(providers).find(({ keyPattern }) => keyPattern?.test(key));
  return owner && owner.id !== own ? owner.id : null;
}
