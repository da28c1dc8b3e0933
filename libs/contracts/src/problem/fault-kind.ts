import { oneOfSet, type ValueOf } from '../field/facts.js';

/** Why a turn or a configuration test failed: what a model's provider did, or what kept us from asking it. */
export const FAULT_KIND = oneOfSet('FaultKind', [
  'invalid_key',
  'permission',
  'insufficient_balance',
  'rate_limit',
  'quota_window',
  'overloaded',
  'context_too_long',
  'content_filter',
  'model_not_found',
  'bad_request',
  'server',
  'timeout',
  'cut_off',
  'unreachable',
  'refused_by_policy',
  'empty_answer',
  'truncated_tool_call',
  'not_usable',
  'interrupted',
  'internal',
]);
export type FaultKind = ValueOf<typeof FAULT_KIND>;
