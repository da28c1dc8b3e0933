import type { LlmProvider, ProviderDto } from '@opsagent/contracts';

/** What is looked at in a provider to know its keys. */
export type KeyFacts = Pick<ProviderDto, 'id' | 'key_pattern' | 'key_required'>;

/** The other provider whose key this looks like, null when nothing speaks against it. Self-hosted servers take any key. */
export function foreignKey(key: string, own: KeyFacts | undefined, providers: readonly KeyFacts[]): LlmProvider | null {
  if (!own?.key_required) return null;
  const match = providers.find(({ key_pattern }) => key_pattern !== null && new RegExp(key_pattern).test(key.trim()));
  return match && match.id !== own.id ? match.id : null;
}

/** True when a key would travel unencrypted over more than this machine. */
export function isPlainHttp(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed?.protocol === 'http:' && !/^(localhost|127\.|\[::1\])/.test(parsed.hostname);
}

/** What is pasted behind a base URL, which the server takes off: an endpoint's path, for Ollama also that of its other wire. */
const ENDPOINT = /\/(chat\/completions|embeddings)$/;
const OLLAMA_PATH = /\/(v1|api)(\/[a-z/]+)?$/;

/** The address that will really be called; empty while the base URL is none. */
export function calledUrl(
  baseUrl: string,
  provider: Pick<ProviderDto, 'chat_path' | 'embeddings_path'>,
  isEmbedding: boolean,
): string {
  const pasted = provider.chat_path.startsWith('/api/') ? OLLAMA_PATH : ENDPOINT;
  const base = baseUrl.trim().replace(/\/+$/, '').replace(pasted, '');
  if (!URL.canParse(base)) return '';
  return base + (isEmbedding ? provider.embeddings_path : provider.chat_path);
}
