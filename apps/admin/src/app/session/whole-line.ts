import type { MessageDto } from '@opsagent/contracts';
import type { SessionClient } from './session-client.js';

const PAGE = 1000;

/** Every message of a session's line of versions, oldest first; null means the newest line. */
export async function wholeLine(
  client: Pick<SessionClient, 'messages'>,
  sessionId: string,
  through: string | null,
): Promise<MessageDto[]> {
  const messages: MessageDto[] = [];
  for (;;) {
    const { items, total } = await client.messages(sessionId, messages.length, PAGE, through);
    messages.unshift(...items);
    if (items.length === 0 || messages.length >= total) return messages;
  }
}
