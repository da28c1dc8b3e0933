import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { HotPool } from '../../platform/database/hot-pool.js';
import type { SessionOwner } from '../../session/chat-turn.js';
import { DEFAULT_USER } from '../wire/read.js';
import { EndUser } from './end-user.entity.js';
import { endUserId } from './end-user-id.js';

const MOST_KNOWN = 50_000;
const MOST_AT_ONCE = 1_000;
const FLUSH_AFTER_MS = 200;

interface NewEndUser {
  id: string;
  appId: string;
  sessionId: string;
  isAnonymous: boolean;
}

/** Who the apps' clients speak for. Ids are derived, so that a call waits for no row: rows follow in batches. */
@Injectable()
export class EndUsers implements BeforeApplicationShutdown {
  private readonly logger = new Logger(EndUsers.name);
  /** Ids by app and user, oldest first; what falls out is only offered to the database once more. */
  private readonly known = new Map<string, string>();
  private waiting: NewEndUser[] = [];
  private storing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: HotPool,
    private readonly database: Database,
  ) {}

  /** The owner of what this user of this app has; a call that names nobody has the app's anonymous user. */
  ownerOf(appId: string, user: string | null): Extract<SessionOwner, { appId: string }> {
    const sessionId = user ?? DEFAULT_USER;
    const id = this.known.get(placeOf(appId, sessionId)) ?? this.note(appId, sessionId);
    return { appId, endUserId: id };
  }

  /** An end user of the app, one whose row has not been written yet among them. */
  async find(appId: string, id: string): Promise<EndUser | null> {
    const noted = this.waiting.filter((one) => one.id === id);
    await Promise.all([this.storing, noted.length > 0 ? this.store(noted) : undefined]);
    return this.database.repositoryOf(EndUser).findOneBy({ appId, id });
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    while (this.waiting.length > 0) await this.store(this.waiting.splice(0, MOST_AT_ONCE));
  }

  private note(appId: string, sessionId: string): string {
    const id = endUserId(appId, sessionId);
    if (this.known.size >= MOST_KNOWN) this.forgetOldest();
    this.known.set(placeOf(appId, sessionId), id);
    this.waiting.push({ id, appId, sessionId, isAnonymous: sessionId === DEFAULT_USER });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS);
    return id;
  }

  private forgetOldest(): void {
    const [oldest = ''] = this.known.keys();
    this.known.delete(oldest);
  }

  private async flush(): Promise<void> {
    this.storing = this.store(this.waiting.splice(0, MOST_AT_ONCE));
    await this.storing;
    this.timer = this.waiting.length > 0 ? setTimeout(() => void this.flush(), FLUSH_AFTER_MS) : undefined;
  }

  /** A user whose row failed is noted again at the next call. */
  private async store(endUsers: readonly NewEndUser[]): Promise<void> {
    try {
      await this.pool.query({
        name: 'dify-end-users',
        text: `INSERT INTO end_users (id, app_id, session_id, is_anonymous)
               SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[]) ON CONFLICT DO NOTHING`,
        values: [
          endUsers.map(({ id }) => id),
          endUsers.map(({ appId }) => appId),
          endUsers.map(({ sessionId }) => sessionId),
          endUsers.map(({ isAnonymous }) => isAnonymous),
        ],
      });
    } catch (error) {
      for (const { appId, sessionId } of endUsers) this.known.delete(placeOf(appId, sessionId));
      this.logger.warn(`${endUsers.length} end users were not stored: ${(error as Error).message}`);
    }
  }
}

function placeOf(appId: string, sessionId: string): string {
  return `${appId} ${sessionId}`;
}
