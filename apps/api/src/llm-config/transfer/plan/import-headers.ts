import type { LlmConfig } from '../../llm-config.entity.js';
import { HIDDEN } from '../../rules/api-key.js';
import { hiddenIn } from '../../rules/secret-headers.js';
import { isObject } from '../sources/file-item.js';

type Extra = Record<string, unknown> | null;

/** The headers of a configuration of a file, with those hidden values that can be kept. */
export interface ImportedHeaders {
  readonly extraConfig: Extra;
  /** Names of headers whose hidden values are neither in the file nor kept. */
  readonly lost: readonly string[];
}

/**
 * Hidden values stay what they are in the configuration that exists, and the same value once more is no change.
 * @param stored the values that may be kept, by their names in lower case
 */
export function importedHeaders(
  extra: Extra,
  existing: LlmConfig | null,
  stored: Readonly<Record<string, string>>,
): ImportedHeaders {
  const headers = extra?.['headers'];
  if (!isObject(headers)) return { extraConfig: extra, lost: [] };
  const hidden = new Set(hiddenIn(existing?.extraConfig ?? null).filter((name) => stored[name] !== undefined));
  const isLost = ([name, value]: [string, unknown]): boolean => value === HIDDEN && !hidden.has(name.toLowerCase());
  const isSame = (name: string, value: unknown): boolean =>
    hidden.has(name.toLowerCase()) && stored[name.toLowerCase()] === value;
  const entries = Object.entries(headers);
  const kept = entries
    .filter((entry) => !isLost(entry))
    .map(([name, value]): [string, unknown] => [name, isSame(name, value) ? HIDDEN : value]);
  const lost = entries.filter(isLost).map(([name]) => name);
  return { extraConfig: { ...extra, headers: Object.fromEntries(kept) }, lost };
}
