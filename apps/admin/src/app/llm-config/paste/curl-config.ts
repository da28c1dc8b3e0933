import type { FoundConfig } from './pasted-config.js';
import { shellWords } from './shell-words.js';

/** Options of curl that take no value, among the ones found in providers' examples. */
const BARE =
  /^(-[sSkvLiNfgG#]+|--(silent|show-error|insecure|verbose|location|include|no-buffer|fail|globoff|compressed|http1\.1|http2))$/;
const DATA = /^(-d|--data|--data-raw|--data-binary|--data-ascii|--json)$/;
/** What stands for a key in documentation is no key. */
const PLACEHOLDER = /[$<>{}]|^(your|my)[-_ ]|api[-_ ]?key$|^x{4,}|^\*+$/i;
const PATHS = /\/(chat\/completions|embeddings|api\/chat|api\/embed|api\/generate|completions|responses|models)\/?$/;
const NUMBERS = ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty'] as const;

/** What a curl command would call, with which key and which parameters; null when it is none that can be read. */
export function ofCurl(text: string): FoundConfig | null {
  const words = shellWords(text.trim().replace(/^\$\s*/, ''));
  if (!words) return null;
  const found: FoundConfig = {};
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (BARE.test(word)) continue;
    const [name, joined] = optionOf(word);
    const value = joined ?? words[at + 1] ?? '';
    if (word.startsWith('-')) {
      if (joined === undefined) at++;
      if (/^(-H|--header)$/.test(name)) takeHeader(found, value);
      else if (DATA.test(name)) takeBody(found, value);
      else if (name === '--url') takeUrl(found, value);
    } else takeUrl(found, word);
  }
  return found;
}

/** A key that is really one: without the marks of documentation. */
export function realKey(text: string): string | undefined {
  const key = text.trim();
  return key === '' || PLACEHOLDER.test(key) ? undefined : key;
}

/** The part in front of what is called. */
export function baseOf(url: string): string | undefined {
  const text = url.trim();
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { origin, pathname } = new URL(text);
  return (origin + pathname).replace(PATHS, '').replace(/\/+$/, '');
}

/** `--url=x` and `-Hx` carry their value with them. */
function optionOf(word: string): [string, string | undefined] {
  const long = /^(--[\w-]+)=([\s\S]*)$/.exec(word);
  if (long) return [long[1] ?? '', long[2]];
  const short = /^(-[HdX])([\s\S]+)$/.exec(word);
  return short ? [short[1] ?? '', short[2]] : [word, undefined];
}

function takeUrl(found: FoundConfig, text: string): void {
  const url = /^[\w.-]+(:\d+)?\//.test(text) ? `http://${text}` : text;
  const base = baseOf(url);
  if (base === undefined) return;
  found.base_url = base;
  if (/\/(embeddings|api\/embed)\/?$/.test(new URL(url).pathname)) found.is_embedding = true;
}

function takeHeader(found: FoundConfig, header: string): void {
  const [, name = '', value = ''] = /^([^:]+):\s*([\s\S]*)$/.exec(header) ?? [];
  const isKey = /^(authorization|api-key|x-api-key)$/i.test(name.trim());
  const key = isKey ? realKey(value.replace(/^bearer\s+/i, '')) : undefined;
  if (key !== undefined) found.api_key = key;
}

function takeBody(found: FoundConfig, text: string): void {
  const body = parsedObject(text);
  if (!body) return;
  const { model } = body;
  if (typeof model === 'string' && model.trim() !== '') found.model_name = model.trim();
  for (const name of NUMBERS) if (isNumber(body[name])) found[name] = body[name];
  const cap = body['max_completion_tokens'] ?? body['max_tokens'];
  if (isNumber(cap) && Number.isInteger(cap)) found.max_tokens = cap;
}

function parsedObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
