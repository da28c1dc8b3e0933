import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { LimitSubject } from '../platform/limits/limits.js';
import { Signals } from '../platform/database/signals.js';
import type { Limit } from './limit.entity.js';
import { LIMITS_CHANGED, LimitRepository } from './limit.repository.js';

/** The subject that stands for everyone of its kind. */
export const EVERYONE = 'default';

/** The safety net under the signals. */
const READ_AGAIN_EVERY_MS = 60_000;

/** All limits in memory: few are set, and every request asks. */
@Injectable()
export class LimitStore implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(LimitStore.name);
  private readonly listeners = new Set<() => Promise<void>>();
  private limits = new Map<string, Limit>();
  private reading: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: LimitRepository,
    private readonly signals: Signals,
  ) {}

  async onModuleInit(): Promise<void> {
    this.signals.subscribe(LIMITS_CHANGED, () => void this.readAgain());
    this.signals.onReconnect(() => void this.readAgain());
    await this.read();
    this.timer = setInterval(() => void this.readAgain(), READ_AGAIN_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** What holds for a subject: its own limits, those of the user's role, or everyone's. */
  of(subject: LimitSubject): Limit | null {
    const { kind, id, role } = subject;
    if (this.limits.size === 0) return null;
    const ofRole = role === undefined ? undefined : this.limits.get(key('role', role));
    return this.limits.get(key(kind, id)) ?? ofRole ?? this.limits.get(key(kind, EVERYONE)) ?? null;
  }

  /** Every limit that is set. */
  all(): readonly Limit[] {
    return [...this.limits.values()];
  }

  /** Calls `listener` after the limits were read again. */
  onChange(listener: () => Promise<void>): void {
    this.listeners.add(listener);
  }

  /** Reads the limits anew and tells who wants to know; what fails is tried again a minute later. */
  readAgain(): Promise<void> {
    this.reading = this.reading
      .then(async () => {
        await this.read();
        for (const listener of this.listeners) await listener();
      })
      .catch((error: Error) => this.logger.warn(`Limits could not be read: ${error.message}`));
    return this.reading;
  }

  private async read(): Promise<void> {
    const limits = await this.repository.all();
    this.limits = new Map(limits.map((limit) => [key(limit.kind, limit.subject), limit]));
  }
}

function key(kind: string, subject: string): string {
  return `${kind} ${subject}`;
}
