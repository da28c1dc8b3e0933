import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { RunSuspended } from '../agent/agent-runner.js';
import { Signals } from '../platform/database/signals.js';
import type { SessionOwner } from './chat-turn.js';
import type { LiveRun } from './live-run.js';

/** Why a run ended before its answer did, without anybody's wish. */
export class RunInterrupted extends Error {
  constructor() {
    super('The server was stopped while it answered.');
  }
}

interface Entry {
  run: LiveRun;
  owner: SessionOwner;
}

const STOP_CHANNEL = 'run_stop';
const STOP_APP_CHANNEL = 'app_runs_stop';
const LAST_WORDS_MS = 1_500;

/** The runs of this process, and the way to stop those of others. */
@Injectable()
export class Runs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Names this process in the database for as long as it lives. */
  readonly processId = randomUUID();
  private readonly logger = new Logger(Runs.name);
  private readonly entries = new Map<string, Entry>();
  private isClosing = false;

  constructor(private readonly signals: Signals) {}

  onApplicationBootstrap(): void {
    this.signals.subscribe(STOP_CHANNEL, (runId) => this.entries.get(runId)?.run.stop());
    this.signals.subscribe(STOP_APP_CHANNEL, (appId) => this.stopApp(appId));
  }

  add(run: LiveRun, owner: SessionOwner): void {
    this.entries.set(run.runId, { run, owner });
    if (this.isClosing) run.cancel.abort(new RunInterrupted());
  }

  remove(runId: string): void {
    this.entries.delete(runId);
  }

  find(runId: string): LiveRun | undefined {
    return this.entries.get(runId)?.run;
  }

  /** The run if `owner` owns it. */
  ownedBy(owner: SessionOwner, runId: string): LiveRun | undefined {
    const entry = this.entries.get(runId);
    return entry && isSameOwner(entry.owner, owner) ? entry.run : undefined;
  }

  all(): LiveRun[] {
    return [...this.entries.values()].map(({ run }) => run);
  }

  /** The runs that users own, or one of them, by user. */
  ofUsers(userId?: string): Map<string, LiveRun[]> {
    const owned = new Map<string, LiveRun[]>();
    for (const { run, owner } of this.entries.values()) {
      if (!('userId' in owner) || (userId !== undefined && owner.userId !== userId)) continue;
      owned.set(owner.userId, [...(owned.get(owner.userId) ?? []), run]);
    }
    return owned;
  }

  /** Stops every run of a session in this process. */
  stopSession(sessionId: string): void {
    for (const { run } of this.entries.values()) if (run.sessionId === sessionId) run.stop();
  }

  /** Stops every run of an app, on every process. */
  stopAppEverywhere(appId: string): Promise<void> {
    return this.signals.publish(STOP_APP_CHANNEL, appId);
  }

  /** Asks whichever process owns the run to stop it. */
  stopElsewhere(runId: string): Promise<void> {
    return this.signals.publish(STOP_CHANNEL, runId);
  }

  /** Open answers are stored as interrupted before the connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    const runs = this.all();
    // Whoever waits for a person goes on waiting, on another process.
    for (const run of runs) run.cancel.abort(run.waits ? new RunSuspended() : new RunInterrupted());
    const tooLong = new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS).unref());
    await Promise.race([Promise.all(runs.map((run) => Promise.race([run.ended, run.left]))), tooLong]);
    if (runs.length > 0) this.logger.log(`Ended ${runs.length} open answers`);
  }

  private stopApp(appId: string): void {
    for (const { run, owner } of this.entries.values()) if ('appId' in owner && owner.appId === appId) run.stop();
  }
}

function isSameOwner(a: SessionOwner, b: SessionOwner): boolean {
  if ('userId' in a) return 'userId' in b && a.userId === b.userId;
  return 'appId' in b && a.appId === b.appId && a.endUserId === b.endUserId;
}
