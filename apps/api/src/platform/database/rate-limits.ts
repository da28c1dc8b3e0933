import { Injectable } from '@nestjs/common';
import { type RateLimiterAbstract, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';

/** So much within so long. */
export interface RateLimit {
  readonly name: string;
  readonly most: number;
  readonly withinSeconds: number;
}

/** Counts for all processes on the database. */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  constructor(private readonly dataSource: DataSource) {}

  /** Counts one more. @returns the seconds until there is room again; 0 while there is room */
  async take(limit: RateLimit, key: string): Promise<number> {
    try {
      await this.limiterOf(limit).consume(key);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw refused;
    }
  }

  /** How many were counted, and when it counts from nothing again. */
  async used(limit: RateLimit, key: string): Promise<{ used: number; resetsAt: Date | null }> {
    const counted = await this.limiterOf(limit).get(key);
    if (counted === null || counted.msBeforeNext <= 0) return { used: 0, resetsAt: null };
    return { used: counted.consumedPoints, resetsAt: new Date(Date.now() + counted.msBeforeNext) };
  }

  /** Counts from nothing again. */
  async clear(limit: RateLimit, key: string): Promise<void> {
    await this.limiterOf(limit).delete(key);
  }

  /** Takes away what no longer counts. */
  async removeExpired(): Promise<void> {
    await this.dataSource.query('delete from rate_limits where expire < $1', [Date.now()]);
  }

  private limiterOf({ name, most, withinSeconds }: RateLimit): RateLimiterAbstract {
    const known = this.limiters.get(name);
    if (known) return known;
    const store = { storeClient: this.dataSource, storeType: 'typeorm', tableName: 'rate_limits', tableCreated: true };
    const limits = { keyPrefix: name, points: most, duration: withinSeconds, clearExpiredByTimeout: false };
    const made = new RateLimiterPostgres({ ...store, ...limits });
    this.limiters.set(name, made);
    return made;
  }
}
