import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { UserActor } from '../platform/actor/authenticator.js';
import { Clock } from '../platform/clock/clock.js';
import { Signals } from '../platform/database/signals.js';

const CHANNEL = 'credential_ended';
const MOST = 10_000;
const GOOD_FOR_MS = 60_000;

/** Credentials that proved good a moment ago: saves two queries for every request. Forgets them when anything about them may have changed. */
@Injectable()
export class KnownCredentials implements OnModuleInit {
  private readonly known = new Map<string, { actor: UserActor; until: number }>();

  constructor(
    private readonly signals: Signals,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.signals.subscribe(CHANNEL, (key) => this.known.delete(key));
    this.signals.onReconnect(() => this.known.clear());
  }

  find(hash: Buffer): UserActor | undefined {
    const entry = this.known.get(hash.toString('hex'));
    return entry && entry.until > this.clock.monotonicMs() ? entry.actor : undefined;
  }

  keep(hash: Buffer, actor: UserActor): void {
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(hash.toString('hex'), { actor, until: this.clock.monotonicMs() + GOOD_FOR_MS });
  }

  /** The credential has ended: forgotten here at once, and on every other process as soon as they hear it. */
  async end(hash: Buffer): Promise<void> {
    const key = hash.toString('hex');
    this.known.delete(key);
    await this.signals.publish(CHANNEL, key);
  }
}
