import { isObject, type JsonObject } from '../chat-request.ts';
import type { Exchange } from '../exchange.ts';
import { invalid } from './openai-refusal.ts';

/** @returns the body, checked to be a JSON object that says so. @throws OpenAiRefusal */
export function jsonBody(exchange: Exchange): JsonObject {
  const type = exchange.request.headers['content-type'] ?? '';
  if (!type.startsWith('application/json')) {
    throw invalid(
      `Unsupported content type: '${type}'. This API method only accepts 'application/json' requests, but you specified the header 'Content-Type: ${type}'. Please try again with a supported content type.`,
      null,
      'unsupported_content_type',
    );
  }
  if (!isObject(exchange.json)) {
    throw invalid(
      "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)",
    );
  }
  return exchange.json;
}
