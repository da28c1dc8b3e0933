import type { SessionOwner } from '../session/chat-turn.js';
import type { Conversations } from '../session/conversations.js';

const PAGE = 100;

/** The question that opened a conversation; empty when it holds none. @throws SessionNotFound */
export async function firstQuestion(conversations: Conversations, owner: SessionOwner, id: string): Promise<string> {
  let beforeId: string | null = null;
  for (;;) {
    const { items, hasMore } = await conversations.messages(owner, id, { beforeId, limit: PAGE });
    const oldest = items[0];
    if (!hasMore || oldest === undefined) return oldest?.query ?? '';
    beforeId = oldest.id;
  }
}
