import { oneOfSet, type ValueOf } from '../field/facts.js';

/**
 * What a personal token may be used for, never beyond its owner's role: everything, the account itself included; reading
 * everything; or reading and changing one area.
 */
export const TOKEN_SCOPE = oneOfSet('TokenScope', [
  'all',
  'read',
  'sessions',
  'llm_configs',
  'apps',
  'users',
  'settings',
]);
export type TokenScope = ValueOf<typeof TOKEN_SCOPE>;
