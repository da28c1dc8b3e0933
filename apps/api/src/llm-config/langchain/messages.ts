import { AIMessage, HumanMessage, SystemMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import type { FoldedAnswer } from '../wire/folded-answer.js';
import { parsed } from '../wire/frames.js';
import type { ModelImage, ModelMessage, ToolCall } from '../wire/model-wire.js';

/** Our messages as LangChain's. */
export function toLangChain(message: ModelMessage): BaseMessage {
  switch (message.role) {
    case 'system':
      return new SystemMessage(message.content);
    case 'user':
      return new HumanMessage({ content: message.content, additional_kwargs: { images: message.images } });
    case 'tool':
      return new ToolMessage({ content: message.content, tool_call_id: message.toolCallId, name: message.name });
    case 'assistant':
      return assistantMessage(message.content, message.reasoning ?? '', message.toolCalls ?? []);
  }
}

/** LangChain's messages as ours; calls whose arguments were no JSON go back with none. */
export function toModelMessage(message: BaseMessage): ModelMessage {
  const content = message.text;
  if (SystemMessage.isInstance(message)) return { role: 'system', content };
  if (ToolMessage.isInstance(message)) {
    return { role: 'tool', toolCallId: message.tool_call_id, name: message.name ?? '', content };
  }
  if (!AIMessage.isInstance(message)) {
    const images = message.additional_kwargs['images'] as readonly ModelImage[] | undefined;
    return { role: 'user', content, ...(images ? { images } : {}) };
  }
  const calls: ToolCall[] = [
    ...(message.tool_calls ?? []).map(({ id, name, args }) => callOf(id, name, JSON.stringify(args))),
    ...(message.invalid_tool_calls ?? []).map(({ id, name }) => callOf(id, name, '{}')),
  ];
  const reasoning = message.additional_kwargs.reasoning_content;
  return {
    role: 'assistant',
    content,
    ...(typeof reasoning === 'string' ? { reasoning } : {}),
    ...(calls.length > 0 ? { toolCalls: calls } : {}),
  };
}

/** A model's answer as one message, with what it took. */
export function toAiMessage(answer: FoldedAnswer): AIMessage {
  const message = assistantMessage(answer.text, answer.reasoning, answer.toolCalls);
  const { usage } = answer;
  if (usage) {
    message.usage_metadata = {
      input_tokens: usage.promptTokens,
      output_tokens: usage.completionTokens,
      total_tokens: usage.promptTokens + usage.completionTokens,
      input_token_details: { cache_read: usage.cachedTokens },
      output_token_details: { reasoning: usage.reasoningTokens },
    };
  }
  message.response_metadata = { finish_reason: answer.finish };
  return message;
}

function assistantMessage(content: string, reasoning: string, calls: readonly ToolCall[]): AIMessage {
  const read = calls.map((call) => ({ call, args: argumentsIn(call.arguments) }));
  return new AIMessage({
    content,
    tool_calls: read.flatMap(({ call: { id, name }, args }) => (args ? [{ type: 'tool_call', id, name, args }] : [])),
    invalid_tool_calls: read.flatMap(({ call: { id, name, arguments: text }, args }) =>
      args ? [] : [{ type: 'invalid_tool_call', id, name, args: text, error: 'The arguments are not a JSON object.' }],
    ),
    additional_kwargs: reasoning === '' ? {} : { reasoning_content: reasoning },
  });
}

/** The arguments of a call; none at all is an empty object. */
function argumentsIn(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {};
  const value = parsed(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function callOf(id: string | undefined, name: string | undefined, text: string): ToolCall {
  return { id: id ?? '', name: name ?? '', arguments: text };
}
