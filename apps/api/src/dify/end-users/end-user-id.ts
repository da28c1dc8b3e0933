import { derivedId } from '../wire/derived-id.js';

/** Names an end user without a look into the database: the chat path needs the id, not the row. */
export function endUserId(appId: string, sessionId: string): string {
  return derivedId('end-user', appId, sessionId);
}
