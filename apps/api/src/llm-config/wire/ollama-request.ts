import type { LlmConfigFacts } from '../llm-config-facts.js';
import type { ProviderDescriptor } from '../providers/provider-descriptor.js';
import { parsed } from './frames.js';
import type { ModelMessage, ModelRequest } from './model-wire.js';
import { toolOf } from './openai-request.js';
import { samplingOf, thinkingOf } from './request-parameters.js';

/** Writes requests of Ollama's native wire: parameters are `options`, tool arguments are objects. */
export class OllamaRequests {
  private readonly fixed: Record<string, unknown>;

  constructor(config: LlmConfigFacts, descriptor: ProviderDescriptor) {
    const { num_ctx: contextSize, keep_alive: keepAlive, extra_body: extraBody } = config.extra;
    const options = {
      ...samplingOf(config, descriptor).sent,
      ...(contextSize === undefined ? {} : { num_ctx: contextSize }),
      ...(extraBody?.options as Record<string, unknown> | undefined),
    };
    this.fixed = {
      ...thinkingOf(config, descriptor),
      ...(keepAlive === undefined ? {} : { keep_alive: keepAlive }),
      ...extraBody,
      ...(Object.keys(options).length === 0 ? {} : { options }),
      model: config.modelName,
      stream: true,
    };
  }

  bodyOf(request: ModelRequest): Record<string, unknown> {
    const tools = request.tools?.length ? { tools: request.tools.map(toolOf) } : undefined;
    return { ...this.fixed, messages: request.messages.map(messageOf), ...tools };
  }
}

function messageOf(message: ModelMessage): Record<string, unknown> {
  if (message.role === 'tool') return { role: 'tool', tool_name: message.name, content: message.content };
  if (message.role === 'user' && message.images?.length)
    return { role: 'user', content: message.content, images: message.images.map(({ base64 }) => base64) };
  if (message.role !== 'assistant' || !message.toolCalls?.length)
    return { role: message.role, content: message.content };
  const calls = message.toolCalls.map(({ name, arguments: text }) => ({
    function: { name, arguments: objectIn(text) },
  }));
  return { role: 'assistant', content: message.content, tool_calls: calls };
}

/** The arguments as the object this wire wants; a model's broken JSON becomes none. */
function objectIn(text: string): unknown {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
