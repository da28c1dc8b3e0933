import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Signals } from '../platform/database/signals.js';
import type { TokenLimits } from '../platform/actor/current-actor.js';
import { UserStanding } from '../platform/actor/user-standing.js';
import { OpenRequests } from './open-requests.js';
import type { User } from './user.entity.js';

const CHANNEL = 'credential_ended';
const USER_CHANNEL = 'user_changed';
const MOST = 10_000;
const GOOD_FOR_MS = 60_000;

/** What a credential was sent as: one of the one kind is none of the other. */
type Kind = 'token' | 'sign_in';

/** Whom a credential stands for, and within which limits. */
export interface Holder {
  readonly user: User;
  readonly token?: TokenLimits;
}

/** Credentials that proved good a moment ago: saves the queries of most requests. Forgets them when anything about them may have changed. */
@Injectable()
export class KnownCredentials implements OnModuleInit {
  private readonly known = new Map<string, Holder & { until: number }>();
  private changes = 0;

  constructor(
    private readonly signals: Signals,
    private readonly open: OpenRequests,
    private readonly standing: UserStanding,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.signals.subscribe(CHANNEL, (key) => {
      this.forget(key);
      void this.open.check();
    });
    this.signals.subscribe(USER_CHANNEL, (id) => {
      this.forgetUser(id);
      void this.open.check(id);
      this.standing.changed(id);
    });
    this.signals.onReconnect(() => {
      this.forgetAll();
      void this.open.check();
      this.standing.changed();
    });
  }

  /** The holder of a credential, looked up unless it is known; null for one that is no good. */
  async find(kind: Kind, hash: Buffer, lookUp: () => Promise<Holder | null>): Promise<Holder | null> {
    const key = keyOf(kind, hash);
    const entry = this.known.get(key);
    if (entry && entry.until > this.clock.monotonicMs()) return entry;
    const changes = this.changes;
    const holder = await lookUp();
    // What ended while it was looked up must not be kept.
    if (holder && changes === this.changes) this.keep(key, holder);
    return holder;
  }

  /** The credential has ended: forgotten here at once, and on every other process as soon as they hear it. */
  async end(kind: Kind, hash: Buffer): Promise<void> {
    const key = keyOf(kind, hash);
    this.forget(key);
    await this.signals.publish(CHANNEL, key);
  }

  /** The user was changed, or credentials of theirs have ended: looked up again, here at once and soon on every other process. */
  async changed(userId: string): Promise<void> {
    this.forgetUser(userId);
    await this.signals.publish(USER_CHANNEL, userId);
  }

  private forgetUser(id: string): void {
    this.changes += 1;
    for (const [key, { user }] of this.known) if (user.id === id) this.known.delete(key);
  }

  private keep(key: string, holder: Holder): void {
    if (this.known.size >= MOST) this.known.clear();
    const end = holder.token?.expiresAt;
    const holdsMs = end ? end.getTime() - this.clock.now().getTime() : Infinity;
    this.known.set(key, { ...holder, until: this.clock.monotonicMs() + Math.min(GOOD_FOR_MS, holdsMs) });
  }

  private forget(key: string): void {
    this.changes += 1;
    this.known.delete(key);
  }

  private forgetAll(): void {
    this.changes += 1;
    this.known.clear();
  }
}

function keyOf(kind: Kind, hash: Buffer): string {
  return `${kind} ${hash.toString('hex')}`;
}
