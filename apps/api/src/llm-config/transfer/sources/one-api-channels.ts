import type { LlmProvider } from '@opsagent/contracts';

/** What one of their channel types is here. */
export interface ChannelType {
  readonly provider: LlmProvider;
  /** What they put behind the address of a channel before the path of the wire. */
  readonly path: string;
  /** The address of a channel that names none, where ours is another or none. */
  readonly baseUrl?: string;
}

const compatible = (baseUrl?: string, path = '/v1'): ChannelType => ({ provider: 'openai-compatible', path, baseUrl });

/** Types whose number means the same in one-api and new-api. */
const SHARED: Readonly<Record<number, ChannelType>> = {
  1: { provider: 'openai', path: '/v1' },
  6: compatible('https://api.openaimax.com'),
  7: compatible('https://api.ohmygpt.com'),
  8: compatible(),
  16: { provider: 'zhipu', path: '/api/paas/v4' },
  17: { provider: 'tongyi', path: '/compatible-mode/v1' },
  20: compatible('https://openrouter.ai/api'),
  25: { provider: 'moonshot', path: '/v1' },
  31: compatible('https://api.lingyiwanwu.com'),
};

/** As in one-api's `relay/channeltype/define.go`. */
const ONE_API: Readonly<Record<number, ChannelType>> = {
  ...SHARED,
  26: compatible('https://api.baichuan-ai.com'),
  28: compatible('https://api.mistral.ai'),
  29: compatible('https://api.groq.com/openai'),
  30: { provider: 'ollama', path: '' },
  32: compatible('https://api.stepfun.com'),
  36: { provider: 'deepseek', path: '' },
  39: compatible('https://api.together.xyz'),
  40: { provider: 'doubao', path: '/api/v3' },
  44: compatible('https://api.siliconflow.cn'),
  45: compatible('https://api.x.ai'),
  47: { provider: 'baidu', path: '/v2' },
  49: { provider: 'tongyi', path: '/compatible-mode/v1' },
  50: compatible(undefined, ''),
};

/** As in new-api's `constant/channel.go`. */
const NEW_API: Readonly<Record<number, ChannelType>> = {
  ...SHARED,
  4: { provider: 'ollama', path: '' },
  26: { provider: 'zhipu', path: '/api/paas/v4' },
  40: compatible('https://api.siliconflow.cn'),
  42: compatible('https://api.mistral.ai'),
  43: { provider: 'deepseek', path: '' },
  45: { provider: 'doubao', path: '/api/v3' },
  46: { provider: 'baidu', path: '/v2' },
  47: compatible(),
  48: compatible('https://api.x.ai'),
};

/** Fields that only new-api's channels have. */
const OF_NEW_API = [
  ...['auto_ban', 'channel_info', 'header_override', 'openai_organization', 'other_info', 'param_override', 'remark'],
  ...['setting', 'settings', 'status_code_mapping', 'tag', 'test_model'],
];

/** The types of the product that these channels come from; both number theirs, and not alike. */
export function channelTypesFor(channels: readonly object[]): { types: typeof ONE_API; isNewApi: boolean } {
  const isNewApi = channels.some((channel) => OF_NEW_API.some((field) => field in channel));
  return { types: isNewApi ? NEW_API : ONE_API, isNewApi };
}
