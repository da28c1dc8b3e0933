import { InvalidInput } from '../../platform/errors/domain-error.js';
import type { ProviderDescriptor } from '../providers/provider-descriptor.js';

const LONGEST = 500;

/** What people paste after the base URL: the path of an endpoint, or of another wire than the one we speak. */
const ENDPOINTS: Record<ProviderDescriptor['wire'], RegExp> = {
  openai: /\/(chat\/completions|embeddings)$/,
  ollama: /\/(v1(\/(chat\/completions|embeddings|models))?|api(\/(chat|generate|embed|embeddings|tags))?)$/,
};

/**
 * The base URL in the one form it is stored in: no `/` at its end, no path of an endpoint.
 * @throws InvalidInput for anything but a plain http or https address
 */
export function normalisedBaseUrl(raw: string, wire: ProviderDescriptor['wire']): string {
  const url = parsed(raw);
  const path = withoutSlash(withoutSlash(url.pathname).replace(ENDPOINTS[wire], ''));
  const normalised = `${url.origin}${path}`;
  if (normalised.length > LONGEST) throw refused(`must be shorter than or equal to ${LONGEST} characters`);
  return normalised;
}

function parsed(raw: string): URL {
  // URL would strip or turn these around without a word, and another reader would not.
  if (/[\s\p{Cc}\\]/u.test(raw.trim())) throw refused('must not contain blanks, control characters or backslashes');
  const url = URL.parse(raw);
  if (url === null) throw refused('must be an absolute address such as https://api.example.com/v1');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused('must start with http:// or https://');
  if (url.username !== '' || url.password !== '') throw refused('must not contain a user name or a password');
  if (url.hash !== '' || raw.includes('#')) throw refused('must not contain a fragment (#…)');
  if (url.search !== '' || raw.includes('?')) throw refused('must not contain a query (?…)');
  return url;
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}

function refused(message: string): InvalidInput {
  return new InvalidInput([{ field: 'base_url', message: `base_url ${message}` }]);
}
