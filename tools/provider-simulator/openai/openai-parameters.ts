import { isObject, type JsonObject } from '../chat-request.ts';
import { invalid, wrongType, wrongValue } from './openai-refusal.ts';
import { checkTools } from './openai-tools.ts';

const KNOWN = new Set(
  `model messages stream stream_options temperature top_p frequency_penalty presence_penalty max_tokens
  max_completion_tokens stop n tools tool_choice parallel_tool_calls response_format seed user logit_bias logprobs
  top_logprobs metadata store service_tier reasoning_effort verbosity modalities audio prediction web_search_options
  safety_identifier prompt_cache_key prompt_cache_retention functions function_call`.split(/\s+/),
);
const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'];

/** Checks everything but the messages. @throws OpenAiRefusal */
export function checkParameters(body: JsonObject, refusesUnknown: boolean): void {
  if (refusesUnknown) checkKnown(body);
  checkDecimal(body, 'temperature', 0, 2);
  checkDecimal(body, 'top_p', 0, 1);
  if (body['top_p'] === 0)
    throw invalid("Invalid 'top_p': expected a value > 0, but got 0 instead.", 'top_p', 'decimal_below_min_value');
  checkDecimal(body, 'frequency_penalty', -2, 2);
  checkDecimal(body, 'presence_penalty', -2, 2);
  checkLimits(body);
  checkFlag(body, 'stream');
  checkStreamOptions(body);
  checkStop(body['stop']);
  checkTools(body);
  checkFlag(body, 'parallel_tool_calls');
  checkResponseFormat(body['response_format']);
  const effort = body['reasoning_effort'];
  if (refusesUnknown && effort !== undefined && !(typeof effort === 'string' && EFFORTS.includes(effort))) {
    throw wrongValue('reasoning_effort', effort, EFFORTS);
  }
}

/** Checks a whole number. @throws OpenAiRefusal */
export function checkInteger(body: JsonObject, name: string, least: number, most = Number.MAX_SAFE_INTEGER): void {
  const value = body[name];
  if (value === undefined || value === null) return;
  if (!Number.isInteger(value)) throw wrongType(name, 'an integer', value);
  checkRange(name, value as number, least, most, 'integer');
}

function checkKnown(body: JsonObject): void {
  for (const name of Object.keys(body)) {
    if (!KNOWN.has(name)) throw invalid(`Unknown parameter: '${name}'.`, name, 'unknown_parameter');
  }
}

export function checkDecimal(body: JsonObject, name: string, least: number, most: number): void {
  const value = body[name];
  if (value === undefined || value === null) return;
  if (typeof value !== 'number') throw wrongType(name, 'a decimal', value);
  checkRange(name, value, least, most, 'decimal');
}

function checkRange(name: string, value: number, least: number, most: number, kind: string): void {
  if (value >= least && value <= most) return;
  const [side, sign, bound] = value < least ? ['below minimum', '>=', least] : ['above maximum', '<=', most];
  throw invalid(
    `Invalid '${name}': ${kind} ${side} value. Expected a value ${sign} ${bound}, but got ${value} instead.`,
    name,
    `${kind}_${value < least ? 'below_min' : 'above_max'}_value`,
  );
}

function checkLimits(body: JsonObject): void {
  checkInteger(body, 'max_tokens', 1);
  checkInteger(body, 'max_completion_tokens', 1);
  if (typeof body['max_tokens'] === 'number' && typeof body['max_completion_tokens'] === 'number') {
    throw invalid("Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", 'max_tokens');
  }
  checkInteger(body, 'seed', Number.MIN_SAFE_INTEGER);
  // Real providers answer several choices; this one says so instead of answering fewer.
  checkInteger(body, 'n', 1, 1);
}

function checkFlag(body: JsonObject, name: string): void {
  const value = body[name];
  if (value !== undefined && value !== null && typeof value !== 'boolean') throw wrongType(name, 'a boolean', value);
}

function checkStreamOptions(body: JsonObject): void {
  const options = body['stream_options'];
  if (options === undefined || options === null) return;
  if (body['stream'] !== true) {
    throw invalid("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options');
  }
  if (!isObject(options)) throw wrongType('stream_options', 'an object', options);
}

function checkStop(stop: unknown): void {
  if (stop === undefined || stop === null || typeof stop === 'string') return;
  if (!Array.isArray(stop)) throw wrongType('stop', 'one of a string or array of strings', stop);
  if (stop.length > 4) {
    throw invalid(
      `Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length ${stop.length} instead.`,
      'stop',
      'array_above_max_length',
    );
  }
}

function checkResponseFormat(format: unknown): void {
  if (format === undefined || format === null) return;
  if (!isObject(format)) throw wrongType('response_format', 'an object', format);
  const supported = ['text', 'json_object', 'json_schema'];
  if (!supported.includes(String(format['type']))) throw wrongValue('response_format.type', format['type'], supported);
}
