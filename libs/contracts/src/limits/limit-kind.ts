import { oneOfSet, type ValueOf } from '../field/facts.js';

/** Whom or what a limit holds for. A role's holds for each of its users, not for all of them together. */
export const LIMIT_KIND = oneOfSet('LimitKind', ['app', 'app_key', 'user', 'role', 'llm_config']);
export type LimitKind = ValueOf<typeof LIMIT_KIND>;

/** What can be limited. */
export const LIMIT_NAME = oneOfSet('LimitName', [
  'requests_per_minute',
  'concurrent_runs',
  'tokens_per_day',
  'tokens_per_month',
  'cost_per_day',
  'cost_per_month',
]);
export type LimitName = ValueOf<typeof LIMIT_NAME>;

/** How near to its limit something is. */
export const LIMIT_LEVEL = oneOfSet('LimitLevel', ['free', 'soft', 'reached']);
export type LimitLevel = ValueOf<typeof LIMIT_LEVEL>;
