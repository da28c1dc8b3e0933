import { oneOfSet, type ValueOf } from '../field/facts.js';

/** The rungs of a configuration's test, from the address to the last byte; each needs the ones before it. */
export const TEST_STAGE = oneOfSet('TestStage', [
  'address',
  'dns',
  'tcp',
  'tls',
  'auth',
  'model',
  'first_token',
  'stream',
  'tool_call',
  'embedding',
]);
export type TestStage = ValueOf<typeof TEST_STAGE>;

/** Where one rung stands. `warned`: it holds, and something should be looked at. */
export const TEST_STEP_STATE = oneOfSet('TestStepState', ['running', 'passed', 'warned', 'failed', 'skipped']);
export type TestStepState = ValueOf<typeof TEST_STEP_STATE>;

/** What is wrong with a configuration, finer than a fault's kind: each has its own words and its own remedy. */
export const TEST_CAUSE = oneOfSet('TestCause', [
  'address_invalid',
  'address_refused',
  'own_address',
  'dns_unknown',
  'connection_refused',
  'connection_timeout',
  'network_unreachable',
  'connection_reset',
  'tls_expired',
  'tls_untrusted',
  'tls_wrong_name',
  'tls_not_spoken',
  'http_on_tls_port',
  'key_missing',
  'key_invalid',
  'key_of_other_provider',
  'key_unreadable',
  'permission',
  'no_balance',
  'rate_limited',
  'quota_used_up',
  'path_not_found',
  'redirected',
  'model_not_found',
  'not_a_chat_model',
  'not_an_embedding_model',
  'parameter_refused',
  'context_too_long',
  'content_filtered',
  'provider_down',
  'provider_overloaded',
  'not_an_api',
  'html_answer',
  'not_streaming',
  'first_token_timeout',
  'stalled',
  'cut_off',
  'empty_answer',
  'dimension_differs',
  'tools_unsupported',
  'test_timeout',
  'unknown',
]);
export type TestCause = ValueOf<typeof TEST_CAUSE>;

/** What can be done about a cause; the console does it in the form or opens the page. */
export const TEST_REMEDY = oneOfSet('TestRemedy', [
  'use_base_url',
  'use_model',
  'use_provider',
  'use_kind',
  'enter_key',
  'clear_parameter',
  'open_key_page',
  'open_billing_page',
  'open_docs',
  'allow_address',
  'trust_certificate',
  'wait',
  'retry',
]);
export type TestRemedy = ValueOf<typeof TEST_REMEDY>;
