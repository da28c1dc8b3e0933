import type { LlmProvider } from '@opsagent/contracts';
import { PROVIDERS } from '../providers/providers.js';
import type { Environment, ProviderKeyName } from '../../platform/config/environment.js';

/** A provider's key as it was found. */
export interface FoundKey {
  readonly provider: LlmProvider;
  readonly variable: ProviderKeyName;
  readonly key: string;
}

/** Every provider's key that the server was started with, in the order of the providers. */
export function keysIn(environment: Environment): FoundKey[] {
  return Object.values(PROVIDERS).flatMap(({ id: provider, keyVariable: variable }) => {
    const key = variable === null ? undefined : environment[variable];
    return variable === null || key === undefined ? [] : [{ provider, variable, key }];
  });
}
