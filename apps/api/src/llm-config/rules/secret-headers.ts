import { InvalidInput } from '../../platform/errors/domain-error.js';
import { HIDDEN } from './api-key.js';

/** Words in the name of a header whose value is a credential. */
const SECRET_NAME = /key|token|secret|auth|pass|pwd|cred|cookie|signature|session|private|jwt/i;

/** A value that is one by its looks: a scheme of HTTP authentication, or long and opaque. */
const SECRET_VALUE = /^((basic|bearer|token)\s|(?=.*[a-z])(?=.*\d)[\w.~+/=-]{24,}$)/i;

type Extra = Readonly<Record<string, unknown>>;

/** The headers of a configuration, taken apart: what may be read by everybody, and what is sealed. */
export interface SplitHeaders {
  /** The further settings with every secret value hidden, as they are stored and shown. */
  readonly extraConfig: Record<string, unknown> | null;
  /** Secret values that were entered, by their names in lower case. */
  readonly entered: Readonly<Record<string, string>>;
  /** Names, in lower case, of those whose stored value stays. */
  readonly kept: readonly string[];
}

/**
 * Takes the secret values out of further settings that have passed their rules. A hidden value keeps the one that is stored.
 * @param stored the further settings as they are stored; null without any
 * @throws InvalidInput for a hidden value where none is stored
 */
export function splitHeaders(extra: Record<string, unknown> | null, stored: Extra | null): SplitHeaders {
  const headers = headersIn(extra);
  const known = new Set(hiddenIn(stored));
  const entered: Record<string, string> = {};
  const kept: string[] = [];
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const isHidden = value === HIDDEN;
    if (isHidden && !known.has(name.toLowerCase())) throw masked(name);
    if (isHidden) kept.push(name.toLowerCase());
    else if (isSecretHeader(name, value)) entered[name.toLowerCase()] = value;
    shown[name] = isSecretHeader(name, value) ? HIDDEN : value;
  }
  const hasAny = Object.keys(headers).length > 0;
  return { extraConfig: hasAny ? { ...extra, headers: shown } : extra, entered, kept };
}

/** The headers that everybody may see. */
export function plainHeaders(extra: Extra | null): Record<string, string> {
  return Object.fromEntries(Object.entries(headersIn(extra)).filter(([, value]) => value !== HIDDEN));
}

/** The names, in lower case, of headers whose value is sealed. */
export function hiddenIn(extra: Extra | null): string[] {
  return Object.entries(headersIn(extra))
    .filter(([, value]) => value === HIDDEN)
    .map(([name]) => name.toLowerCase());
}

function isSecretHeader(name: string, value: string): boolean {
  return value === HIDDEN || SECRET_NAME.test(name) || SECRET_VALUE.test(value);
}

function headersIn(extra: Extra | null): Record<string, string> {
  return (extra?.['headers'] ?? {}) as Record<string, string>;
}

function masked(name: string): InvalidInput {
  const message = `extra_config.headers must have the whole value of ${name}: it is hidden, and none is stored`;
  return new InvalidInput([{ field: 'extra_config.headers', message }]);
}
