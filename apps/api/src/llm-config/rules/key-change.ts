import { InvalidInput } from '../../platform/errors/domain-error.js';
import { PROVIDERS } from '../providers/providers.js';
import { checkedKey, isMasked } from './api-key.js';
import type { Draft } from './draft.js';

/** What happens to the key of a configuration. */
export interface KeyChange {
  /** The new key; null without one. */
  plain: string | null;
  keepsStored: boolean;
  /** There is one afterwards. */
  has: boolean;
}

interface KeyInput {
  api_key?: string | null;
  clear_api_key?: boolean;
}

/**
 * An absent, null, empty or masked key keeps the stored one.
 * @throws InvalidInput for a key that cannot be one, or both a key and the wish to have none
 */
export function keyChangeOf(input: KeyInput, stored: string | null): KeyChange {
  const sent = input.api_key?.trim() ?? '';
  const isNew = sent !== '' && !(stored !== null && isMasked(sent));
  if (isNew && input.clear_api_key) throw refused('clear_api_key', 'cannot be true together with a new api_key');
  if (isNew) return { plain: checkedKey(sent), keepsStored: false, has: true };
  const keepsStored = stored !== null && !input.clear_api_key;
  return { plain: null, keepsStored, has: keepsStored };
}

/**
 * A stored key only ever goes where it was entered for.
 * @throws InvalidInput when the provider or the server of the address changes without the key being sent again
 */
export function requireKeyForNewPlace(before: Pick<Draft, 'provider' | 'baseUrl'>, after: Draft): void {
  if (after.provider !== before.provider) {
    throw refused('provider', 'cannot change while a key is stored: send the api_key for the new provider with it');
  }
  if (originOf(after) !== originOf(before)) {
    throw refused('api_key', 'must be sent again: the stored key is not sent to another server');
  }
}

/** @throws InvalidInput when the provider or the server of the address changes while values of headers are kept */
export function requireHeadersForNewPlace(before: Pick<Draft, 'provider' | 'baseUrl'>, after: Draft): void {
  if (after.provider === before.provider && originOf(after) === originOf(before)) return;
  const rest = 'must have its hidden values sent again: stored ones are not sent to another server';
  throw refused('extra_config.headers', rest);
}

function originOf({ provider, baseUrl }: Pick<Draft, 'provider' | 'baseUrl'>): string | undefined {
  const url = baseUrl ?? PROVIDERS[provider].defaultBaseUrl;
  return url === null ? undefined : new URL(url).origin;
}

function refused(field: string, rest: string): InvalidInput {
  return new InvalidInput([{ field, message: `${field} ${rest}` }]);
}
