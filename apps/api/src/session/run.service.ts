import { Injectable } from '@nestjs/common';
import type { StopRunDto } from '@opsagent/contracts';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { ChatService } from './chat-service.js';
import { RunRepository } from './run.repository.js';
import { Runs } from './runs.js';
import { RunNotFound, SessionNotFound } from './session.errors.js';
import { SessionRepository } from './session.repository.js';

/** The runs of whoever is asking. */
@Injectable()
export class RunService {
  constructor(
    private readonly runs: Runs,
    private readonly repository: RunRepository,
    private readonly sessions: SessionRepository,
    private readonly chat: ChatService,
    private readonly actor: CurrentActor,
  ) {}

  /** Resolves when the asker may read the run. @throws RunNotFound */
  async check(runId: string): Promise<void> {
    const owner = { userId: this.actor.user().userId };
    if (this.runs.ownedBy(owner, runId)) return;
    const sessionId = await this.repository.sessionOf(runId);
    if (sessionId === null) throw new RunNotFound();
    await this.sessions.getOf(owner, sessionId).catch((error: unknown) => {
      throw error instanceof SessionNotFound ? new RunNotFound() : error;
    });
  }

  /** Ends the answer; what came so far is kept. @throws RunNotFound */
  async stop(runId: string): Promise<StopRunDto> {
    await this.check(runId);
    return { stopping: await this.chat.stop(runId, { userId: this.actor.user().userId }) };
  }
}
