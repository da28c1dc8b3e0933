import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Approval } from '../agent/approvals/approval.entity.js';
import { OutcomeUnknown } from '../agent/approvals/approval.errors.js';
import { ApprovalDesk } from '../agent/approvals/approval-desk.js';
import { PostgresArtifactStore } from '../agent/artifacts/postgres-artifact-store.adapter.js';
import { Environment } from '../platform/config/environment.js';
import { Database } from '../platform/database/database.js';
import { AgentStep } from './agent-step.entity.js';
import { Message } from './message.entity.js';
import { RunEventStore } from './run-event-store.js';
import { RunRepository } from './run.repository.js';
import { RunsOfUsers } from './runs-of-users.js';
import { RunResumer } from './run-resumer.js';
import { Runs } from './runs.js';
import { SessionRepository } from './session.repository.js';
import { storable } from './storable-text.js';
import { TurnLog } from './turn-log.js';
import { LEASE_SECONDS } from './turn-writer.sql.js';

const EVERY_MS = 10_000;
/** Clearing away reads whole tables and is in no hurry. */
const CLEAR_EVERY_MS = 60 * 60 * 1000;

/** Keeps the leases of this process's runs, ends those of dead processes and clears what is past its time. */
@Injectable()
export class RunKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RunKeeper.name);
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly runs: Runs,
    private readonly ofUsers: RunsOfUsers,
    private readonly repository: RunRepository,
    private readonly sessions: SessionRepository,
    private readonly events: RunEventStore,
    private readonly database: Database,
    private readonly resumer: RunResumer,
    private readonly desk: ApprovalDesk,
    private readonly artifacts: PostgresArtifactStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // The embedded database has one user: whatever still runs there belongs to a process that is dead.
    const isAlone = this.environment.DATABASE_URL === undefined;
    await this.resumer.takeWaiting(isAlone);
    await this.endLapsed(isAlone);
    this.timers.push(
      setInterval(() => void this.keep(), EVERY_MS).unref(),
      setInterval(() => void this.clear(), CLEAR_EVERY_MS).unref(),
    );
    void this.clear();
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  /** One round of keeping. */
  async keep(): Promise<void> {
    // For whoever was changed unheard, or in the instant before the run began.
    await this.ofUsers.check();
    try {
      const live = this.runs.all().map(({ runId }) => runId);
      if (live.length > 0) await this.repository.renewLeases(this.runs.processId, live, LEASE_SECONDS);
      await this.resumer.takeWaiting(false);
      await this.endLapsed(false);
      await this.repository.removeOldEvents();
    } catch (error) {
      this.logger.warn(`Runs could not be kept: ${(error as Error).message}`);
    }
  }

  /** Removes for good what was deleted long ago. */
  private async clear(): Promise<void> {
    try {
      await this.sessions.purgeDeleted();
      await this.artifacts.removeOrphans();
    } catch (error) {
      this.logger.warn(`Deleted sessions could not be cleared away: ${(error as Error).message}`);
    }
  }

  private async endLapsed(everyOther: boolean): Promise<void> {
    await this.database.transaction(async () => {
      for (const run of await this.repository.takeLapsed(this.runs.processId, everyOther)) {
        await this.storeWhatCame(run.id, run.messageId);
        this.logger.warn(`Run ${run.id} had lost its process and was ended`);
      }
    });
  }

  /** A dead process leaves its partial answer in the events. */
  private async storeWhatCame(runId: string, messageId: string): Promise<void> {
    const log = new TurnLog();
    const events = await this.events.readAfter(runId, 0);
    for (const event of events) log.add(event);
    const changed = events.find((event) => event.type === 'model_changed');
    log.closeSteps('failed');
    const underWay = await this.desk.abandon(runId);
    for (const { stepId } of underWay) log.setState(stepId, 'unknown');
    const stored = await this.database.repositoryOf(Message).update(
      { id: messageId, status: 'running' },
      {
        status: 'failed',
        answer: storable(log.answer),
        reasoning: storable(log.reasoning),
        ...(changed ? { llmConfigId: changed.llm_config_id, modelName: changed.model_name } : {}),
        errorKind: 'interrupted',
        errorCode: 'session/interrupted',
        errorDetail: detailOf(underWay),
        finishedAt: new Date(),
      },
    );
    if (stored.affected === 0) return;
    const steps = log.steps.map((step) => ({
      ...step,
      messageId,
      input: storable(step.input),
      observation: storable(step.observation),
    }));
    await this.database.repositoryOf(AgentStep).upsert(steps, ['id']);
  }
}

function detailOf(underWay: readonly Approval[]): string {
  const [action] = underWay;
  return action ? new OutcomeUnknown(action.summary).message : 'The server was stopped while it answered. Ask again.';
}
