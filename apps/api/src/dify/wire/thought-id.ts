import { derivedId } from './derived-id.js';

/** Names the thought of one round of a message, the same in the stream and in the history, with or without tools. */
export function thoughtId(messageId: string, round: number): string {
  return derivedId('agent-thought', messageId, String(round));
}
