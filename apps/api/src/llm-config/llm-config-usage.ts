import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { LlmConfigRepository, type LlmConfigUse } from './llm-config.repository.js';

const WRITE_AFTER_MS = 1_000;

/** Counts how often configurations are used, in memory; written down at most once a second, in one statement. */
@Injectable()
export class LlmConfigUsage implements BeforeApplicationShutdown {
  private readonly logger = new Logger(LlmConfigUsage.name);
  private pending = new Map<string, LlmConfigUse>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly repository: LlmConfigRepository,
    private readonly clock: Clock,
  ) {}

  /** Notes one use; waits for nothing. */
  used(configId: string): void {
    this.add({ id: configId, times: 1, lastUsedAt: this.clock.now() });
  }

  /** Writes down what is gathered so far. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.flush();
  }

  private add({ id, times, lastUsedAt }: LlmConfigUse): void {
    const known = this.pending.get(id);
    if (known) {
      known.times += times;
      if (lastUsedAt > known.lastUsedAt) known.lastUsedAt = lastUsedAt;
    } else {
      this.pending.set(id, { id, times, lastUsedAt });
    }
    this.timer ??= setTimeout(() => void this.flush(), WRITE_AFTER_MS).unref();
  }

  private async write(): Promise<void> {
    if (this.pending.size === 0) return;
    const uses = [...this.pending.values()];
    this.pending = new Map();
    try {
      await this.database.transaction(async () => {
        // Several rows at once, as a change of the default also takes: one after the other.
        await this.repository.changeAlone();
        await this.repository.addUses(uses);
      });
    } catch (error) {
      this.logger.warn(`Uses of configurations are written down later: ${(error as Error).message}`);
      for (const use of uses) this.add(use);
    }
  }
}
