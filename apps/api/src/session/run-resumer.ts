import { Injectable, Logger } from '@nestjs/common';
import { RunLost } from '../agent/agent-runner.js';
import { ChatModels } from '../llm-config/chat-models.js';
import { Database } from '../platform/database/database.js';
import { ChatService } from './chat-service.js';
import type { ChatTurn } from './chat-turn.js';
import { TurnFiles } from './files/turn-files.js';
import { LiveRun } from './live-run.js';
import { Message } from './message.entity.js';
import { BEGINNING } from './message-tree.js';
import { RunEventStore } from './run-event-store.js';
import type { WaitingRun } from './run.repository.js';
import { RunRepository } from './run.repository.js';
import { Runs } from './runs.js';
import { TurnReader } from './turn-reader.js';
import { LEASE_SECONDS } from './turn-writer.sql.js';
import type { WaitingTurn } from './waiting-turn.js';

/** Goes on with runs that wait for people and have lost their process. */
@Injectable()
export class RunResumer {
  private readonly logger = new Logger(RunResumer.name);

  constructor(
    private readonly runs: Runs,
    private readonly repository: RunRepository,
    private readonly events: RunEventStore,
    private readonly reader: TurnReader,
    private readonly files: TurnFiles,
    private readonly models: ChatModels,
    private readonly chat: ChatService,
    private readonly database: Database,
  ) {}

  /** @param everyOther whether every other process is gone for certain */
  async takeWaiting(everyOther: boolean): Promise<void> {
    for (const run of await this.repository.takeWaiting(this.runs.processId, everyOther, LEASE_SECONDS)) {
      try {
        await this.goOnWith(run);
        this.logger.log(`Run ${run.id} waits here now; it had lost its process`);
      } catch (error) {
        this.logger.error(`Run ${run.id} could not be taken over`, (error as Error).stack);
        await this.repository.giveUp(run.id);
      }
    }
  }

  private async goOnWith({ id: runId, messageId, sessionId, waiting }: WaitingRun): Promise<void> {
    await this.letGo(runId);
    const { owner, modelUser, channel, systemPrompt, tools, ...figures } = waiting as WaitingTurn;
    const message = await this.database.repositoryOf(Message).findOneByOrFail({ id: messageId });
    const model = await this.models.resolve({ named: message.llmConfigId }, modelUser);
    const session = await this.reader.read(sessionId, owner, followed(message.parentId));
    const facts = { runId, messageId, sessionId, createdAt: message.createdAt, model };
    const run = LiveRun.restored(facts, await this.events.readAfter(runId, 0), figures);
    const turn: ChatTurn = {
      ...{ channel, owner, sessionId, modelUser, systemPrompt, tools, query: message.query },
      newSession: { name: '', userLabel: null, inputs: {} },
      ...{ llmConfigId: null, dangerousCalls: 'ask', delivery: 'stream' },
    };
    const files = (await this.files.earlier([messageId])).get(messageId) ?? [];
    this.chat.goOn(run, turn, files, session.history);
  }

  /** This process may have had it before, and not have noticed that it lost it while it was held up. */
  private async letGo(runId: string): Promise<void> {
    const former = this.runs.find(runId);
    former?.cancel.abort(new RunLost());
    await Promise.race([former?.left, former?.ended]);
  }
}

/** What a message follows, as a reader of its history asks for it. */
function followed(parentId: string | null): string | null | undefined {
  if (parentId === null) return undefined;
  return parentId === BEGINNING ? null : parentId;
}
