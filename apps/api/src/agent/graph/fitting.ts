import { ToolMessage, type BaseMessage } from '@langchain/core/messages';
import type { UsableModel } from '../../llm-config/chat-models.js';
import { SHARE_OF_OBSERVATIONS } from '../loop/turn-limits.js';
import { charactersOf } from '../loop/window.js';

const LEFT_AT_START = 600;
const LEFT_AT_END = 200;

/** The messages with the oldest results of tools shortened until all of them leave room for the rest; nothing is lost but here. */
export function fitting(messages: readonly BaseMessage[], model: Pick<UsableModel, 'contextWindow'>): BaseMessage[] {
  let over = -charactersOf(model, SHARE_OF_OBSERVATIONS);
  for (const message of messages) if (ToolMessage.isInstance(message)) over += message.text.length;
  if (over <= 0) return [...messages];
  return messages.map((message) => {
    if (over <= 0 || !ToolMessage.isInstance(message)) return message;
    const content = shortened(message.text);
    over -= message.text.length - content.length;
    return new ToolMessage({ content, tool_call_id: message.tool_call_id, name: message.name });
  });
}

function shortened(text: string): string {
  if (text.length <= LEFT_AT_START + LEFT_AT_END + 100) return text;
  const left = text.length - LEFT_AT_START - LEFT_AT_END;
  const note = `\n(${left} characters were left out to make room; call the tool again if you need them.)\n`;
  return `${text.slice(0, LEFT_AT_START).toWellFormed()}${note}${text.slice(-LEFT_AT_END).toWellFormed()}`;
}
