import { base64Of, embeddingOf } from '../embeddings.ts';
import type { JsonObject } from '../chat-request.ts';
import type { Dialect, EmbeddingLimits } from '../dialects.ts';
import type { Exchange } from '../exchange.ts';
import type { Memory } from '../route.ts';
import { resolveModel } from '../scenarios/resolve.ts';
import { sendFault, sendUnknownPath, unknownModel } from './openai-faults.ts';
import { jsonBody } from './openai-body.ts';
import { checkInteger } from './openai-parameters.ts';
import { emptyArray, invalid, missing, OpenAiRefusal, wrongType, wrongValue } from './openai-refusal.ts';

/** `POST …/embeddings`: floats or base64, shorter on request. @throws OpenAiRefusal */
export async function createEmbeddings(exchange: Exchange, dialect: Dialect, memory: Memory): Promise<void> {
  const { embeddings: limits } = dialect;
  if (!limits) return sendUnknownPath(exchange);
  const body = jsonBody(exchange);
  const { model } = body;
  if (typeof model !== 'string' || model === '') throw invalid('you must provide a model parameter');
  const texts = inputsOf(body['input'], mostOf(limits, model));
  const chosen = resolveModel(model, 'openai', memory);
  if (!chosen) throw unknownModel(model);
  if (chosen.scenario.kind === 'fault') return sendFault(exchange, dialect.voice, chosen.scenario.fault, model);
  if (chosen.scenario.kind !== 'embedding') throw notForEmbeddings();
  const dimensions = dimensionsOf(body, chosen.numbers[0]);
  const asBase64 = isBase64(body['encoding_format'], limits.floatOnly);
  const data = texts.map((text, index) => {
    const vector = embeddingOf(text, dimensions);
    return { object: 'embedding', index, embedding: asBase64 ? base64Of(vector) : vector };
  });
  const tokens = texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
  exchange.sendJson(200, { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}

/** @returns one text per input; token lists stand for themselves. */
function inputsOf(input: unknown, most: number): string[] {
  if (input === undefined) throw missing('input');
  if (typeof input === 'string') return [checkedText(input)];
  if (!Array.isArray(input)) throw wrongType('input', 'one of a string or array', input);
  if (input.length === 0) throw emptyArray('input');
  if (isTokens(input)) return [JSON.stringify(input)];
  if (input.length > most) {
    throw invalid(
      `Invalid 'input': array too long. Expected an array with maximum length ${most}, but got an array with length ${input.length} instead.`,
      'input',
      'array_above_max_length',
    );
  }
  return input.map((one: unknown) => (isTokens(one) ? JSON.stringify(one) : checkedText(one)));
}

function checkedText(text: unknown): string {
  if (typeof text === 'string' && text !== '') return text;
  throw invalid("'$.input' is invalid. Please check the API reference.", 'input');
}

function isTokens(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((token) => Number.isInteger(token));
}

function dimensionsOf(body: JsonObject, native: number): number {
  checkInteger(body, 'dimensions', 1, native);
  return typeof body['dimensions'] === 'number' ? body['dimensions'] : native;
}

function mostOf({ most, mostOf: rules = [] }: EmbeddingLimits, model: string): number {
  return rules.find(([models]) => models.test(model))?.[1] ?? most;
}

function isBase64(format: unknown, floatOnly: boolean): boolean {
  if (format === undefined || format === null || format === 'float') return false;
  if (format === 'base64' && !floatOnly) return true;
  throw wrongValue('encoding_format', format, floatOnly ? ['float'] : ['float', 'base64']);
}

function notForEmbeddings(): OpenAiRefusal {
  return new OpenAiRefusal({
    status: 403,
    type: 'invalid_request_error',
    message: 'You are not allowed to generate embeddings from this model',
  });
}
