import { LLM_PROVIDER } from '@opsagent/contracts';
import type { CatalogueFile } from './catalogue-entry.js';
import { isDecimal } from './decimal.js';

/** Nobody keeps more by hand, and a script that wrote more went wrong. */
const MOST_ENTRIES = 20_000;

/** A catalogue's file says something that no catalogue says. */
export class CatalogueInvalid extends Error {}

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, { check: Check; required?: true }>>;

const isText: Check = (value) => typeof value === 'string' && /^[^\p{Cc}]{1,200}$/u.test(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0;
const isDay: Check = (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 7;
const isDate: Check = (value) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
const isRange: Check = (value) =>
  typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/.test(value);
const listOf =
  (check: Check, most = 50): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);

const HOURS: Shape = {
  time_zone: { check: isTimeZone, required: true },
  days: { check: listOf(isDay), required: true },
  ranges: { check: listOf(isRange), required: true },
};

const PRICE: Shape = {
  currency: { check: (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value), required: true },
  input: { check: isDecimal, required: true },
  cached_input: { check: isDecimal },
  output: { check: isDecimal, required: true },
  above_prompt_tokens: { check: isCount },
  hours: { check: (value) => problemOf(value, HOURS) === undefined },
};

const ENTRY: Shape = {
  provider: { check: (value) => LLM_PROVIDER.values.some((id) => id === value), required: true },
  model: { check: isText, required: true },
  aliases: { check: listOf(isText) },
  is_embedding: { check: isFlag },
  context_window: { check: isCount },
  max_output: { check: isCount },
  tools: { check: isFlag },
  vision: { check: isFlag },
  reasoning: { check: isFlag },
  json_schema: { check: isFlag },
  dimensions: { check: isCount },
  prices: { check: listOf((value) => problemOf(value, PRICE) === undefined) },
  source: { check: isText, required: true },
};

const FILE: Shape = {
  as_of: { check: isDate, required: true },
  entries: { check: (value) => Array.isArray(value) && value.length <= MOST_ENTRIES, required: true },
};

/** Reads a catalogue's text. @throws CatalogueInvalid with the first thing that is wrong and where */
export function readCatalogue(text: string): CatalogueFile {
  const value = parsed(text);
  const problem = problemOf(value, FILE);
  if (problem !== undefined) throw new CatalogueInvalid(problem);
  const file = value as CatalogueFile;
  for (const [index, entry] of file.entries.entries()) {
    const wrong = problemOf(entry, ENTRY);
    if (wrong !== undefined) throw new CatalogueInvalid(`entry ${index + 1}: ${wrong}`);
  }
  return file;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CatalogueInvalid(`it is no JSON: ${(error as Error).message}`);
  }
}

function problemOf(value: unknown, shape: Shape): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it must be an object';
  const stranger = Object.keys(value).find((name) => !Object.hasOwn(shape, name));
  if (stranger !== undefined) return `${stranger.slice(0, 100)} is not known`;
  const fields = value as Record<string, unknown>;
  const wrong = Object.entries(shape).find(([name, { check, required }]) =>
    fields[name] === undefined ? required : !check(fields[name]),
  );
  return wrong && `${wrong[0]} is ${fields[wrong[0]] === undefined ? 'missing' : 'not as it must be'}`;
}

function isTimeZone(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
