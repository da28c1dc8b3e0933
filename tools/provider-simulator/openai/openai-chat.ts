import { isObject, promptTokens, textOf, type ChatRequest, type JsonObject } from '../chat-request.ts';
import { deliverStream, deliverWhole } from '../deliver.ts';
import type { Dialect } from '../dialects.ts';
import type { Exchange } from '../exchange.ts';
import { limited, type Plan } from '../plan.ts';
import type { Memory } from '../route.ts';
import { resolveModel } from '../scenarios/resolve.ts';
import { jsonBody } from './openai-body.ts';
import { completionJson } from './openai-completion.ts';
import { sendFault, unknownModel } from './openai-faults.ts';
import { OpenAiFrames, type StreamFacts } from './openai-frames.ts';
import { checkMessages } from './openai-messages.ts';
import { checkParameters } from './openai-parameters.ts';
import { invalid, OpenAiRefusal } from './openai-refusal.ts';

let requestCount = 0;

/** `POST …/chat/completions`, streamed or whole. @throws OpenAiRefusal */
export function createChat(exchange: Exchange, dialect: Dialect, memory: Memory): Promise<void> | void {
  const body = jsonBody(exchange);
  const { model, messages } = body;
  if (typeof model !== 'string' || model === '') throw invalid('you must provide a model parameter');
  checkMessages(messages);
  checkParameters(body, dialect.refusesUnknown);
  dialect.check(body, (violation) => exchange.note(violation));
  checkJsonWord(body, messages);
  const chosen = resolveModel(model, 'openai', memory);
  if (!chosen) throw unknownModel(model);
  if (chosen.scenario.kind === 'fault') return sendFault(exchange, dialect.voice, chosen.scenario.fault, model);
  if (chosen.scenario.kind !== 'chat') {
    throw new OpenAiRefusal({
      status: 404,
      type: 'invalid_request_error',
      message: 'This is not a chat model and thus not supported in the v1/chat/completions endpoint.',
      param: 'model',
    });
  }
  const request = chatRequestOf(model, body, messages);
  if (chosen.scenario.refusesTools && request.tools.length > 0) {
    throw invalid(`The model \`${model}\` does not support tools.`, 'tools', 'unsupported_parameter');
  }
  const plan = limited(chosen.scenario.plan({ request, numbers: chosen.numbers }), request.limit);
  return answerChat(exchange, dialect, plan, request, body);
}

/** Sends a plan as an answer to a checked request. */
export function answerChat(
  exchange: Exchange,
  dialect: Dialect,
  plan: Plan,
  request: ChatRequest,
  body: JsonObject,
): Promise<void> {
  requestCount += 1;
  const options = body['stream_options'];
  const facts: StreamFacts = {
    id: `chatcmpl-sim${requestCount.toString(36).padStart(8, '0')}`,
    model: request.model,
    created: Math.floor(Date.now() / 1000),
    promptTokens: promptTokens(request),
    includeUsage: isObject(options) && options['include_usage'] === true,
    style: dialect.style,
    voice: dialect.voice,
  };
  const headers = { 'x-request-id': `req_${facts.id.slice(9)}` };
  if (body['stream'] === true) return deliverStream(exchange, plan, new OpenAiFrames(plan, facts), headers);
  if (plan.ending === 'error-frame' || plan.ending === 'bare-error-frame')
    return sendFault(exchange, dialect.voice, plan.fault, request.model);
  return deliverWhole(exchange, plan, completionJson(plan, facts), headers);
}

/** @returns a checked body as scenarios see it. */
export function chatRequestOf(model: string, body: JsonObject, messages: readonly JsonObject[]): ChatRequest {
  const tools = body['tool_choice'] === 'none' || !Array.isArray(body['tools']) ? [] : (body['tools'] as JsonObject[]);
  const limit = body['max_completion_tokens'] ?? body['max_tokens'];
  return {
    model,
    messages: messages.map((message) => ({
      role: String(message['role']),
      text: textOf(message['content']),
      content: message['content'],
    })),
    tools: tools.map((tool) => {
      const described = tool['function'] as JsonObject;
      return { name: String(described['name']), parameters: described['parameters'] };
    }),
    limit: typeof limit === 'number' ? limit : undefined,
  };
}

function checkJsonWord(body: JsonObject, messages: readonly JsonObject[]): void {
  const format = body['response_format'];
  if (!isObject(format) || format['type'] !== 'json_object') return;
  if (messages.some((message) => /json/i.test(textOf(message['content'])))) return;
  throw invalid(
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    'messages',
  );
}
