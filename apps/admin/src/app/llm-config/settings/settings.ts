import type { Refusal } from '../../shared/data/field-errors.js';
import { parseExtra } from '../llm-config-draft.js';

type Settings = Readonly<Record<string, unknown>>;

/** The least and the most of each whole number among the further settings; the server's own bounds. */
const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  thinking_budget: [1, 1_048_576],
  context_window: [1, 100_000_000],
  num_ctx: [1, 10_000_000],
  dimensions: [1, 65_536],
  batch_size: [1, 4096],
  'timeouts.connect_ms': [1, 86_400_000],
  'timeouts.first_byte_ms': [1, 86_400_000],
  'timeouts.idle_ms': [1, 86_400_000],
  'timeouts.total_ms': [1, 86_400_000],
};
/** As the server reads a price: from 0, at most six places. */
const PRICE = /^\d{1,12}(\.\d{1,6})?$/;
const NEEDED_OF_PRICE = ['currency', 'input', 'output'];

/** One of the further settings in their JSON text, by its name or its dotted path; undefined where it is not set. */
export function settingOf(text: string, path: string): unknown {
  return at(parseExtra(text) ?? {}, path);
}

/** The JSON text with one setting changed, taken out where the value is null; a text that is no JSON stays. */
export function withSetting(text: string, path: string, value: unknown): string {
  const settings = parseExtra(text);
  if (settings === undefined) return text;
  const [name, inner] = path.split('.');
  const before = at(settings ?? {}, name);
  const next = inner === undefined ? value : emptyToNull(changed(isSettings(before) ? before : {}, inner, value));
  const all = emptyToNull(changed(settings ?? {}, name, next));
  return all === null ? '' : JSON.stringify(all, null, 2);
}

/** What is wrong with the settings that have a field of their own, by path. */
export function settingErrors(text: string): ReadonlyMap<string, Refusal> {
  const settings = parseExtra(text) ?? {};
  const errors = new Map<string, Refusal>();
  for (const [path, [min, max]] of Object.entries(BOUNDS)) {
    const refusal = wholeRefusal(at(settings, path), min, max);
    if (refusal) errors.set(path, refusal);
  }
  if (isSettings(settings['price']))
    for (const [path, refusal] of priceErrors(settings['price'])) errors.set(path, refusal);
  return errors;
}

function wholeRefusal(value: unknown, min: number, max: number): Refusal | null {
  if (value === undefined) return null;
  if (!Number.isInteger(value)) return { kind: 'isInt' };
  if (Number(value) < min) return { kind: 'min', min };
  return Number(value) > max ? { kind: 'max', max } : null;
}

function priceErrors(price: Settings): [string, Refusal][] {
  const missing = NEEDED_OF_PRICE.filter((name) => price[name] === undefined);
  const wrong = ['input', 'cached_input', 'output'].filter(
    (name) => price[name] !== undefined && !isPrice(price[name]),
  );
  return [
    ...missing.map((name): [string, Refusal] => [`price.${name}`, { kind: 'required' }]),
    ...wrong.map((name): [string, Refusal] => [`price.${name}`, { kind: 'isNumber' }]),
  ];
}

function isPrice(value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && PRICE.test(String(value));
}

function at(settings: Settings, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (isSettings(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      settings,
    );
}

function changed(settings: Settings, name: string, value: unknown): Settings {
  const others = Object.entries(settings).filter(([key]) => key !== name);
  if (value === null) return Object.fromEntries(others);
  return { ...settings, [name]: value };
}

function emptyToNull(settings: Settings): Settings | null {
  return Object.keys(settings).length > 0 ? settings : null;
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
