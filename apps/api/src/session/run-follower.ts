import { Injectable, Logger } from '@nestjs/common';
import type { ChatEvent } from '@opsagent/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseUnavailable } from '../platform/database/database-unavailable.js';
import type { LiveRun } from './live-run.js';
import { RunEventStore } from './run-event-store.js';
import { RunRepository } from './run.repository.js';
import type { RunReader } from './run.js';
import { Runs } from './runs.js';
import { eventsOfEnd, isLast } from './stored-events.js';

const POLL_MS = 500;

/** Follows a run wherever it runs: from memory here, from the database when another process owns it or it has ended. */
@Injectable()
export class RunFollower {
  private readonly logger = new Logger(RunFollower.name);

  constructor(
    private readonly runs: Runs,
    private readonly store: RunEventStore,
    private readonly repository: RunRepository,
  ) {}

  /** Hands over every event after `afterSeq`. @returns a function that ends the reading. */
  follow(runId: string, afterSeq: number, reader: RunReader): () => void {
    const live = this.runs.find(runId);
    const leave = new AbortController();
    if (live) return this.followLive(live, afterSeq, reader, leave);
    this.followStored(runId, afterSeq, reader, leave.signal).catch((error: Error) => this.logger.error(error));
    return () => leave.abort();
  }

  /** A run that this process lets go of is read on from the database. */
  private followLive(live: LiveRun, afterSeq: number, reader: RunReader, leave: AbortController): () => void {
    let seen = afterSeq;
    const stop = live.follow(afterSeq, (events) => {
      seen = events.at(-1)?.seq ?? seen;
      return reader(events);
    });
    leave.signal.addEventListener('abort', stop, { once: true });
    void live.left
      .then(() =>
        leave.signal.aborted ? undefined : (stop(), this.followStored(live.runId, seen, reader, leave.signal)),
      )
      .catch((error: Error) => this.logger.error(error));
    return () => leave.abort();
  }

  private async followStored(runId: string, afterSeq: number, reader: RunReader, signal: AbortSignal): Promise<void> {
    let seen = afterSeq;
    while (!signal.aborted) {
      const events = await this.next(runId, seen);
      if (events.length > 0) await reader(events);
      const last = events.at(-1);
      if (last && isLast(last)) return;
      seen = last?.seq ?? seen;
      // An aborted sleep only means that the reader has left.
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** What is new; how the run ended is told from its message, which is stored after the last of the events. */
  private async next(runId: string, seen: number): Promise<ChatEvent[]> {
    try {
      const ended = await this.repository.endedMessage(runId);
      const events = await this.store.readAfter(runId, seen);
      return ended ? [...events, ...eventsOfEnd(ended, events.at(-1)?.seq ?? seen)] : events;
    } catch (error) {
      // The database may be back at the next round; the reader only waits.
      if (databaseUnavailable(error)) return [];
      throw error;
    }
  }
}
