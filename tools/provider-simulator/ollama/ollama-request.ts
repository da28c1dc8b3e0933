import {
  isObject,
  textOf,
  type ChatMessage,
  type ChatRequest,
  type JsonObject,
  type OfferedTool,
} from '../chat-request.ts';
import type { Exchange } from '../exchange.ts';
import { OllamaRefusal } from './ollama-faults.ts';

const ROLES = ['system', 'user', 'assistant', 'tool'];
const THINK_LEVELS = ['low', 'medium', 'high', 'max'];

/** @returns the body, checked to be a JSON object. @throws OllamaRefusal */
export function objectBody(exchange: Exchange): JsonObject {
  if (exchange.text === '') throw new OllamaRefusal(400, 'missing request body');
  if (!isObject(exchange.json))
    throw new OllamaRefusal(400, 'invalid character in request body: expected a JSON object');
  return exchange.json;
}

/** @returns the model's name without the tag Ollama adds by itself. @throws OllamaRefusal */
export function modelName(body: JsonObject): string {
  const model = body['model'] ?? body['name'];
  if (typeof model !== 'string' || model === '') throw new OllamaRefusal(400, 'model is required');
  return model.endsWith(':latest') ? model.slice(0, -':latest'.length) : model;
}

/** @returns the request as scenarios see it, checked as Ollama's own decoder would. @throws OllamaRefusal */
export function chatRequestOf(model: string, body: JsonObject): ChatRequest {
  const { messages = [], tools = [], options = {}, think, stream } = body;
  if (!Array.isArray(messages)) throw cannotDecode('messages', '[]api.Message');
  if (tools !== null && !Array.isArray(tools)) throw cannotDecode('tools', 'api.Tools');
  if (!isObject(options)) throw cannotDecode('options', 'map[string]interface {}');
  if (stream !== undefined && typeof stream !== 'boolean') throw cannotDecode('stream', 'bool');
  checkThink(think);
  const limit = options['num_predict'];
  return {
    model,
    messages: messages.map(readMessage),
    tools: ((tools ?? []) as unknown[]).map(readTool),
    limit: typeof limit === 'number' && limit > 0 ? limit : undefined,
  };
}

function checkThink(think: unknown): void {
  if (think === undefined || think === null || typeof think === 'boolean') return;
  if (typeof think === 'string' && THINK_LEVELS.includes(think)) return;
  throw new OllamaRefusal(
    400,
    `invalid think value: ${JSON.stringify(think)} (must be "high", "medium", "low", true, or false)`,
  );
}

function readMessage(message: unknown): ChatMessage {
  if (!isObject(message)) throw cannotDecode('messages', 'api.Message');
  const { role, content = '', images, tool_calls: calls } = message;
  if (typeof role !== 'string' || !ROLES.includes(role)) {
    throw new OllamaRefusal(400, `invalid role: ${JSON.stringify(role)}, role must be one of [${ROLES.join(', ')}]`);
  }
  if (typeof content !== 'string') throw cannotDecode('messages.content', 'string');
  if (images !== undefined && !Array.isArray(images)) throw cannotDecode('messages.images', '[]api.ImageData');
  if (calls !== undefined && calls !== null) checkCalls(calls);
  return { role, text: textOf(content), content };
}

function checkCalls(calls: unknown): void {
  if (!Array.isArray(calls)) throw cannotDecode('messages.tool_calls', '[]api.ToolCall');
  for (const call of calls) {
    const called: unknown = isObject(call) ? call['function'] : undefined;
    if (!isObject(called)) throw cannotDecode('messages.tool_calls.function', 'api.ToolCallFunction');
    if (isObject(called['arguments'])) continue;
    throw cannotDecode('messages.tool_calls.function.arguments', 'api.ToolCallFunctionArguments');
  }
}

function readTool(tool: unknown): OfferedTool {
  const described = isObject(tool) ? tool['function'] : undefined;
  if (!isObject(described) || typeof described['name'] !== 'string')
    throw cannotDecode('tools.function', 'api.ToolFunction');
  return { name: described['name'], parameters: described['parameters'] };
}

function cannotDecode(field: string, type: string): OllamaRefusal {
  return new OllamaRefusal(
    400,
    `json: cannot unmarshal value into Go struct field ChatRequest.${field} of type ${type}`,
  );
}
