import type { LlmProvider, ProviderDto } from '@opsagent/contracts';
import { ofCurl } from './curl-config.js';
import { ofAssignments } from './assigned-config.js';

/** What can be read out of a pasted text; only what was found is there. */
export interface FoundConfig {
  provider?: LlmProvider;
  base_url?: string;
  api_key?: string;
  model_name?: string;
  is_embedding?: boolean;
  max_tokens?: number;
  temperature?: number;
  top_p?: number;
  frequency_penalty?: number;
  presence_penalty?: number;
}

/** What a text is told apart by. */
export type KnownProvider = Pick<ProviderDto, 'id' | 'addresses' | 'key_variable'>;

/** More than any command or environment file needs; a longer text is somebody's mistake. */
const LONGEST = 100_000;

/**
 * Reads a curl command, an environment block, or the settings of an SDK in a line of code.
 * @returns null when the text is none of these
 */
export function pastedConfig(text: string, providers: readonly KnownProvider[]): FoundConfig | null {
  if (text.length > LONGEST) return null;
  const found = /^\s*(\$\s*)?curl(\.exe)?\s/.test(text) ? ofCurl(text) : ofAssignments(text, providers);
  if (!found || (found.api_key === undefined && found.base_url === undefined)) return null;
  const provider = providerAt(found.base_url, providers) ?? found.provider;
  return { ...found, ...(provider === undefined ? {} : { provider }) };
}

/** Whoever is known to answer at that host; a path of their own is told from the others'. */
function providerAt(url: string | undefined, providers: readonly KnownProvider[]): LlmProvider | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { host } = new URL(url);
  return providers.find(({ addresses }) => addresses.some((known) => new URL(known.url).host === host))?.id;
}
