import type { LlmProvider } from '@opsagent/contracts';

/** How keys of a provider can be told from others; only marks that no other provider uses. */
const MARKS: readonly [LlmProvider, RegExp][] = [
  ['openai', /^sk-(proj|svcacct|admin)-/],
  ['baidu', /^bce-v3\//],
  ['zhipu', /^[0-9a-f]{32}\.[A-Za-z0-9]{16}$/],
  ['doubao', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
];

/** The other provider whose key this looks like, null when nothing speaks against it. Self-hosted servers take any key. */
export function foreignKey(key: string, provider: LlmProvider): LlmProvider | null {
  if (provider === 'vllm' || provider === 'ollama') return null;
  const match = MARKS.find(([, mark]) => mark.test(key.trim()));
  return match && match[0] !== provider ? match[0] : null;
}

/** True when a key would travel unencrypted over more than this machine. */
export function isPlainHttp(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed?.protocol === 'http:' && !/^(localhost|127\.|\[::1\])/.test(parsed.hostname);
}

/** The address that will really be called; empty while the base URL is none. */
export function calledUrl(baseUrl: string, provider: LlmProvider, isEmbedding: boolean): string {
  const base = baseUrl.trim().replace(/\/+$/, '');
  if (!URL.canParse(base)) return '';
  if (provider === 'ollama') return `${base}/api/${isEmbedding ? 'embed' : 'chat'}`;
  return `${base}/${isEmbedding ? 'embeddings' : 'chat/completions'}`;
}
