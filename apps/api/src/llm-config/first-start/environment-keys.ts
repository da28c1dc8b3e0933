import type { LlmProvider } from '@opsagent/contracts';
import type { Environment, ProviderKeyName } from '../../platform/config/environment.js';

/** The variable that the tools of each provider read its key from; the order is that of the configurations made. */
const VARIABLES: readonly (readonly [LlmProvider, ProviderKeyName])[] = [
  ['openai', 'OPENAI_API_KEY'],
  ['deepseek', 'DEEPSEEK_API_KEY'],
  ['tongyi', 'DASHSCOPE_API_KEY'],
  ['doubao', 'ARK_API_KEY'],
  ['zhipu', 'ZHIPUAI_API_KEY'],
  ['moonshot', 'MOONSHOT_API_KEY'],
  ['baidu', 'QIANFAN_API_KEY'],
];

/** A provider's key as it was found. */
export interface FoundKey {
  readonly provider: LlmProvider;
  readonly variable: ProviderKeyName;
  readonly key: string;
}

/** Every provider's key that the server was started with. */
export function keysIn(environment: Environment): FoundKey[] {
  return VARIABLES.flatMap(([provider, variable]) => {
    const key = environment[variable];
    return key === undefined ? [] : [{ provider, variable, key }];
  });
}
