import type { LlmConfigFacts } from '../llm-config-facts.js';
import type { ProviderDescriptor } from '../providers/provider-descriptor.js';
import type { ModelMessage, ModelRequest, ToolSpec } from './model-wire.js';
import { samplingOf, thinkingOf } from './request-parameters.js';

/** Writes requests of the OpenAI wire; what does not change between calls is prepared once. */
export class OpenAiRequests {
  private readonly fixed: Record<string, unknown>;

  constructor(
    config: LlmConfigFacts,
    private readonly descriptor: ProviderDescriptor,
  ) {
    this.fixed = {
      ...samplingOf(config, descriptor).sent,
      ...thinkingOf(config, descriptor),
      ...config.extra.extra_body,
      model: config.modelName,
      // Streamed even for blocking callers: some models refuse anything else, and only a stream shows that it lives.
      stream: true,
      ...(descriptor.streamOptions ? { stream_options: { include_usage: true } } : {}),
    };
  }

  bodyOf(request: ModelRequest): Record<string, unknown> {
    const messages = request.messages.map((message) => this.messageOf(message));
    const tools = request.tools?.length ? { tools: request.tools.map(toolOf) } : undefined;
    return { ...this.fixed, messages, ...tools };
  }

  private messageOf(message: ModelMessage): Record<string, unknown> {
    if (message.role === 'tool') return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
    if (message.role === 'user' && message.images?.length) return { role: 'user', content: partsOf(message) };
    if (message.role !== 'assistant' || !message.toolCalls?.length)
      return { role: message.role, content: message.content };
    const reasoning = this.descriptor.reasoningBack ? { reasoning_content: message.reasoning ?? '' } : undefined;
    const calls = message.toolCalls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    }));
    return { role: 'assistant', content: message.content, ...reasoning, tool_calls: calls };
  }
}

function partsOf({ content, images = [] }: Extract<ModelMessage, { role: 'user' }>): Record<string, unknown>[] {
  const shown = images.map(({ mimeType, base64 }) => ({
    type: 'image_url',
    image_url: { url: `data:${mimeType};base64,${base64}` },
  }));
  return [...shown, { type: 'text', text: content }];
}

/** A tool as both wires take it. */
export function toolOf({ name, description, parameters }: ToolSpec): Record<string, unknown> {
  return { type: 'function', function: { name, description, parameters } };
}
