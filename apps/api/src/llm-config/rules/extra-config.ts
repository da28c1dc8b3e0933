import { InvalidInput } from '../../platform/errors/domain-error.js';
import { isDecimal } from '../catalogue/decimal.js';
import type { ExtraConfig } from '../llm-config-facts.js';
import { HIDDEN } from './api-key.js';
import { harmOf } from './json-harm.js';

/** Answers what is wrong with a value, as the end of a sentence that begins with its name. */
type Check = (value: unknown) => string | undefined;

const MOST_BYTES = 8 * 1024;
const DAY_MS = 86_400_000;

/** Headers that are ours to send, or that say how the connection works. */
const OUR_HEADERS =
  /^(authorization|host|content-(length|type|encoding)|cookie|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|accept|accept-encoding)$/i;
const OUR_BODY_FIELDS = ['model', 'messages', 'stream', 'tools'];

const whole =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`;

const text =
  (max: number): Check =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= max
      ? undefined
      : `must be a text of 1 to ${max} characters`;

const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value as string) ? undefined : `must be one of ${values.join(', ')}`;

/** An object of at most `most` entries, each of which passes `check`. */
const mapOf =
  (most: number, check: (name: string, value: unknown) => string | undefined): Check =>
  (value) => {
    if (!isObject(value)) return 'must be an object';
    const entries = Object.entries(value);
    if (entries.length > most) return `must have at most ${most} entries`;
    return entries.map(([name, inner]) => check(name, inner)).find((problem) => problem !== undefined);
  };

const listOf =
  (most: number, check: Check): Check =>
  (value) => {
    if (!Array.isArray(value) || value.length > most) return `must be a list of at most ${most} entries`;
    const problem = value.map(check).find((found) => found !== undefined);
    return problem && `must hold entries that each ${problem.replace(/^must /, '')}`;
  };

const header = (name: string, value: unknown): string | undefined => {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(name)) return 'must have plain header names';
  if (OUR_HEADERS.test(name)) return `must not set ${name}`;
  if (value === HIDDEN) return undefined;
  if (typeof value !== 'string' || !/^[\x20-\x7e]{0,1000}$/.test(value)) return `must have printable ASCII in ${name}`;
  return undefined;
};

const timeout = (name: string, value: unknown): string | undefined => {
  if (!['connect_ms', 'first_byte_ms', 'idle_ms', 'total_ms'].includes(name)) return `must not have ${name}`;
  const problem = whole(1, DAY_MS)(value);
  return problem && `must have in ${name} a value that ${problem}`;
};

const keepAlive: Check = (value) =>
  (typeof value === 'string' && /^-?\d{1,9}(\.\d+)?(ns|us|ms|s|m|h)?$/.test(value)) ||
  whole(-1, 31_536_000)(value) === undefined
    ? undefined
    : 'must be a number of seconds or a duration such as 5m';

const PRICES = ['input', 'cached_input', 'output'];

const price: Check = (value) => {
  if (!isObject(value)) return 'must be an object';
  const stranger = Object.keys(value).find((name) => name !== 'currency' && !PRICES.includes(name));
  if (stranger !== undefined) return `must not have ${stranger}`;
  if (typeof value.currency !== 'string' || !/^[A-Z]{3}$/.test(value.currency)) {
    return 'must have in currency three capital letters such as CNY';
  }
  const wrong = PRICES.find((name) => (value[name] === undefined ? name !== 'cached_input' : !isPrice(value[name])));
  return wrong && `must have in ${wrong} a decimal from 0 with at most six places, per million tokens`;
};

function isPrice(value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && isDecimal(String(value));
}

/** Everything `extra_config` may hold. */
const CHECKS: Record<keyof ExtraConfig, Check> = {
  thinking: oneOf('default', 'on', 'off'),
  reasoning_effort: text(20),
  thinking_budget: whole(1, 1_048_576),
  timeouts: mapOf(4, timeout),
  headers: mapOf(20, header),
  dimensions: whole(1, 65_536),
  batch_size: whole(1, 4096),
  num_ctx: whole(1, 10_000_000),
  keep_alive: keepAlive,
  stop: listOf(4, text(100)),
  seed: whole(-9_007_199_254_740_991, 9_007_199_254_740_991),
  extra_body: mapOf(20, (name) => (OUR_BODY_FIELDS.includes(name) ? `must not set ${name}` : undefined)),
  capabilities: mapOf(20, (name, value) =>
    typeof value === 'boolean' ? undefined : `must say true or false for ${name}`,
  ),
  context_window: whole(1, 100_000_000),
  price,
};

/** The further settings of a configuration as they are stored. @throws InvalidInput, one problem per wrong entry */
export function checkedExtraConfig(extra: Record<string, unknown>): Record<string, unknown> {
  const harm = harmOf(extra);
  if (harm !== undefined) throw new InvalidInput([{ field: 'extra_config', message: `extra_config ${harm}` }]);
  if (Buffer.byteLength(JSON.stringify(extra)) > MOST_BYTES) {
    throw new InvalidInput([{ field: 'extra_config', message: 'extra_config must not be larger than 8 KiB' }]);
  }
  const problems = Object.entries(extra).flatMap(([name, value]) => {
    const problem = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof ExtraConfig](value) : 'is not known';
    return problem ? [{ field: `extra_config.${name}`, message: `extra_config.${name} ${problem}` }] : [];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  return extra;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
