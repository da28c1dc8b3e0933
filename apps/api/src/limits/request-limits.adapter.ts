import { Injectable } from '@nestjs/common';
import { RateLimits } from '../platform/database/rate-limits.js';
import { Clock } from '../platform/clock/clock.js';
import { TooManyRequests } from '../platform/limits/limit.errors.js';
import { type LimitSubject, RequestLimits } from '../platform/limits/limits.js';
import { LimitStore } from './limit-store.js';

const MINUTE = 60;

/** Counts requests for all processes together: one statement for each limit that is set, none for what is not limited. */
@Injectable()
export class CountedRequests extends RequestLimits {
  constructor(
    private readonly store: LimitStore,
    private readonly rates: RateLimits,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Who set limits too narrow must still be able to widen them. */
  override take(subjects: readonly LimitSubject[], access: string): Promise<void> | void {
    if (access.startsWith('limits.')) return;
    const limited = subjects.flatMap((subject) => {
      const most = this.store.of(subject)?.requestsPerMinute ?? null;
      return most === null ? [] : [{ ...subject, most }];
    });
    if (limited.length > 0) return this.count(limited);
  }

  /** How many of these requests the present minute has seen, and when it ends. */
  used(kind: string, id: string, most: number): Promise<{ used: number; resetsAt: Date | null }> {
    return this.rates.used(limitOf(most), `${kind} ${id}`);
  }

  private async count(limited: readonly (LimitSubject & { most: number })[]): Promise<void> {
    for (const { kind, id, most } of limited) {
      const seconds = await this.rates.take(limitOf(most), `${kind} ${id}`);
      if (seconds === 0) continue;
      const resets_at = new Date(this.clock.now().getTime() + seconds * 1000).toISOString();
      throw new TooManyRequests(
        { kind, name: 'requests_per_minute', most, used: most, currency: null, resets_at },
        seconds,
      );
    }
  }
}

/** Another limit counts from nothing. */
function limitOf(most: number): { name: string; most: number; withinSeconds: number } {
  return { name: `requests_${most}`, most, withinSeconds: MINUTE };
}
