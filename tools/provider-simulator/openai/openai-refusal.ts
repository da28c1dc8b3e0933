import type { Exchange } from '../exchange.ts';
import type { Said, SpokenFault, Voice } from './voice.ts';

type RefusalFacts = Pick<Said, 'status' | 'message' | 'type'> & Partial<Said>;

/** A request the OpenAI wire refuses; thrown by validation, sent by the routes. */
export class OpenAiRefusal extends Error {
  private readonly facts: RefusalFacts;
  private readonly fault: SpokenFault | undefined;

  /** @param fault what a provider may say in its own words */
  constructor(facts: RefusalFacts, fault?: SpokenFault) {
    super(facts.message);
    this.facts = facts;
    this.fault = fault;
  }

  /** @returns the refusal as that provider says it. */
  saidBy(voice: Voice): Said {
    const own = this.fault === undefined ? {} : voice.faults[this.fault];
    return { param: null, code: null, headers: {}, ...this.facts, ...own };
  }

  sendTo(exchange: Exchange, voice: Voice): void {
    const said = this.saidBy(voice);
    exchange.sendJson(said.status, voice.body(said), said.headers);
  }
}

/** A 400 in OpenAI's words. */
export function invalid(message: string, param: string | null = null, code: string | null = null): OpenAiRefusal {
  return new OpenAiRefusal({ status: 400, type: 'invalid_request_error', message, param, code }, '400');
}

/** The 400 for a parameter that has to be there. */
export function missing(path: string): OpenAiRefusal {
  return invalid(`Missing required parameter: '${path}'.`, path, 'missing_required_parameter');
}

/** The 400 for a value of another JSON type. */
export function wrongType(path: string, expected: string, value: unknown): OpenAiRefusal {
  return invalid(
    `Invalid type for '${path}': expected ${expected}, but got ${kindOf(value)} instead.`,
    path,
    'invalid_type',
  );
}

/** The 400 for a value outside a closed set. */
export function wrongValue(path: string, value: unknown, supported: readonly string[]): OpenAiRefusal {
  const quoted = supported.map((name) => `'${name}'`);
  const list = quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
  return invalid(`Invalid value: '${String(value)}'. Supported values are: ${list}.`, path, 'invalid_value');
}

/** @returns the value's JSON type as OpenAI names it. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return `a ${typeof value}`;
}

/** The 400 for a list that must not be empty. */
export function emptyArray(path: string): OpenAiRefusal {
  return invalid(
    `Invalid '${path}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
    path,
    'empty_array',
  );
}

/** Checks a required string. @throws OpenAiRefusal */
export function requireString(value: unknown, path: string): void {
  if (value === undefined) throw missing(path);
  if (typeof value !== 'string') throw wrongType(path, 'a string', value);
}
