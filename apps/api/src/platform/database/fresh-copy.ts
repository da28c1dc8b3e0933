import { Logger } from '@nestjs/common';
import type { Signals } from './signals.js';

/** The safety net under the signals. */
const READ_EVERY_MS = 60_000;

export interface CopiedTable {
  /** Tells every process that it was changed. */
  readonly channel: string;
  /** What is in it, for the log: `The registered sources`. */
  readonly what: string;
  read(): Promise<void>;
}

/** Keeps what a process holds in memory of a small table as new as the table, whichever process changes it. */
export class FreshCopy {
  private readonly logger = new Logger(FreshCopy.name);
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly signals: Signals,
    private readonly table: CopiedTable,
  ) {}

  listen(): void {
    this.signals.subscribe(this.table.channel, () => void this.readAgain());
    this.signals.onReconnect(() => void this.readAgain());
  }

  /** Reads for the first time, and from now on every minute. */
  async start(): Promise<void> {
    await this.readAgain();
    setInterval(() => void this.readAgain(), READ_EVERY_MS).unref();
  }

  /** Makes every process read again; called after a change is committed. */
  async changed(): Promise<void> {
    await this.readAgain();
    try {
      await this.signals.publish(this.table.channel, '');
    } catch (error) {
      const { what } = this.table;
      this.logger.warn(`${what} were changed; other processes learn of it within a minute only: ${messageOf(error)}`);
    }
  }

  /** One reading after the other, so that an older one never comes last. */
  private readAgain(): Promise<void> {
    return (this.reading = this.reading.then(() => this.read()));
  }

  private async read(): Promise<void> {
    try {
      await this.table.read();
    } catch (error) {
      this.logger.warn(`${this.table.what} could not be read: ${messageOf(error)}`);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
