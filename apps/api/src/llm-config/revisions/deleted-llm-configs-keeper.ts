import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LlmConfigRevisionRepository } from './llm-config-revisions.repository.js';

const EVERY_MS = 60 * 60 * 1000;

/** Clears away, with their keys, deleted configurations that can no longer be restored. */
@Injectable()
export class DeletedLlmConfigsKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DeletedLlmConfigsKeeper.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly revisions: LlmConfigRevisionRepository) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.clear(), EVERY_MS).unref();
    void this.clear();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async clear(): Promise<void> {
    try {
      await this.revisions.purgeDeleted();
    } catch (error) {
      this.logger.warn(`Deleted configurations could not be cleared away: ${(error as Error).message}`);
    }
  }
}
