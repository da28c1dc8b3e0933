import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { AgentRunner, type HistoryTurn } from '../agent/agent-runner.js';
import { type TurnAdmission, TurnLimits } from '../platform/limits/limits.js';
import { ChatModels, type UsableModel } from '../llm-config/chat-models.js';
import type { ModelRequest } from '../llm-config/wire/model-wire.js';
import type { ChatTurn, SessionOwner, TurnError, TurnResult } from './chat-turn.js';
import { fillIn } from './fill-in.js';
import { LiveRun, TurnStopped } from './live-run.js';
import { BEGINNING } from './message-tree.js';
import { RunEventWriter } from './run-event-writer.js';
import { RunRepository } from './run.repository.js';
import type { Run } from './run.js';
import { Runs } from './runs.js';
import { SessionRepository } from './session.repository.js';
import { SessionNotFound, TurnNotStored } from './session.errors.js';
import { toTurnError } from './turn-error.js';
import { type SessionForTurn, TurnReader, ownerColumns } from './turn-reader.js';
import { type TurnStart, TurnWriter } from './turn-writer.js';

/** The one way every answer takes, whatever wire asked for it. */
@Injectable()
export class ChatService {
  private readonly logger = new Logger(ChatService.name);

  constructor(
    private readonly models: ChatModels,
    private readonly agent: AgentRunner,
    private readonly reader: TurnReader,
    private readonly writer: TurnWriter,
    private readonly runs: Runs,
    private readonly eventWriter: RunEventWriter,
    private readonly runRepository: RunRepository,
    private readonly sessions: SessionRepository,
    private readonly limits: TurnLimits,
  ) {}

  /**
   * Opens a run for a turn and returns it while the model is being called.
   * @throws SessionNotFound, LlmConfigNotFound, LlmConfigNotForYou, LlmConfigNotUsable, NoDefaultLlmConfig, and what a limit refuses, before anything is stored.
   */
  async start(turn: ChatTurn): Promise<Run> {
    const session = turn.sessionId === null ? null : await this.reader.read(turn.sessionId, turn.owner, turn.parentId);
    const model = await this.models.resolve({ named: turn.llmConfigId, bound: session?.llmConfigId }, turn.modelUser);
    const runId = randomUUID();
    const admitted = this.limits.admit({ runId, owner: turn.owner, llmConfigId: model.configId });
    const admission = admitted instanceof Promise ? await admitted : admitted;
    const run = new LiveRun(
      {
        runId,
        messageId: randomUUID(),
        sessionId: turn.sessionId ?? randomUUID(),
        createdAt: new Date(),
        model,
        limitWarning: admission.warning,
      },
      turn.delivery === 'stream',
    );
    this.runs.add(run, turn.owner);
    void this.carryOut(run, withInputs(turn, session), model, session?.history ?? [], admission);
    return run;
  }

  /** Stops a run wherever it runs, if `owner` owns it. @returns whether it was running. */
  async stop(runId: string, owner: SessionOwner): Promise<boolean> {
    const live = this.runs.ownedBy(owner, runId);
    live?.stop();
    if (live || this.runs.find(runId)) return live !== undefined;
    if (!(await this.runRepository.isLive(runId)) || !(await this.owns(owner, runId))) return false;
    await this.runs.stopElsewhere(runId);
    return true;
  }

  /** Stops whatever answers in a session, on every process. */
  async stopAllIn(sessionId: string): Promise<void> {
    this.runs.stopSession(sessionId);
    for (const runId of await this.runRepository.allLiveIn(sessionId)) {
      if (!this.runs.find(runId)) await this.runs.stopElsewhere(runId);
    }
  }

  /** Stops whatever answers for an app, on every process. */
  stopAllOf(appId: string): Promise<void> {
    return this.runs.stopAppEverywhere(appId);
  }

  private async owns(owner: SessionOwner, runId: string): Promise<boolean> {
    const sessionId = await this.runRepository.sessionOf(runId);
    if (sessionId === null) return false;
    return this.sessions.getOf(owner, sessionId).then(
      () => true,
      (error: unknown) => {
        if (error instanceof SessionNotFound) return false;
        throw error;
      },
    );
  }

  /** Never rejects: whatever happens becomes the turn's result. */
  private async carryOut(
    run: LiveRun,
    turn: ChatTurn,
    model: UsableModel,
    history: HistoryTurn[],
    admission: TurnAdmission,
  ): Promise<void> {
    if (turn.readyAnswer) run.readyAnswer = await turn.readyAnswer(run.cancel.signal);
    const start = this.startOf(run, turn);
    const opened = turn.delivery === 'stream' ? this.open(run, start) : null;
    // Whoever stores the end hears of it; until then nobody does.
    opened?.catch(() => undefined);
    const result = await this.answer(run, turn, model, history);
    const stored = await this.store(run, start, opened, result, turn.channel !== 'dify');
    if (stored.status === 'finished' && run.readyAnswer === null) this.models.used(stored.llmConfigId);
    this.count(run, turn, stored, history);
    // Who reads the end may ask again at once.
    const released = admission.release();
    if (released) await released;
    run.finish(stored);
    this.runs.remove(run.runId);
  }

  /** The whole calls of a turn are one use; the one that was cut off, if any, is another. */
  private count(run: LiveRun, turn: ChatTurn, result: TurnResult, history: readonly HistoryTurn[]): void {
    const { owner } = turn;
    const { llmConfigId } = result;
    const uses = run.readyAnswer ? [result] : [result, run.cutOff(() => askedIn(turn, history))];
    for (const { usage, cost } of uses) {
      if (usage === null) continue;
      const { promptTokens, completionTokens } = usage;
      this.limits.used({ owner, llmConfigId, promptTokens, completionTokens, cost });
    }
  }

  private async open(run: LiveRun, start: TurnStart): Promise<void> {
    try {
      await this.writer.start(start);
      run.open();
    } catch (error) {
      // An answer that cannot be kept is not worth its model's time.
      run.cancel.abort(new TurnNotStored({ cause: error }));
      throw error;
    }
  }

  private async answer(run: LiveRun, turn: ChatTurn, model: UsableModel, history: HistoryTurn[]): Promise<TurnResult> {
    const { runId, messageId } = run;
    const { query, files = [], systemPrompt, tools } = turn;
    if (run.readyAnswer) {
      void run.emit([{ type: 'text', delta: run.readyAnswer.text }]);
      return run.conclude('finished', null);
    }
    try {
      await this.agent.run(
        { runId, messageId, model, user: turn.modelUser, query, files, history, systemPrompt, tools },
        (events) => run.emit(events),
        run.cancel.signal,
      );
      return run.conclude('finished', null);
    } catch (error) {
      const reason: unknown = run.cancel.signal.aborted ? run.cancel.signal.reason : error;
      return reason instanceof TurnStopped
        ? run.conclude('stopped', null)
        : run.conclude('failed', this.explain(run, reason));
    }
  }

  private async store(
    run: LiveRun,
    start: TurnStart,
    opened: Promise<void> | null,
    result: TurnResult,
    isFollowed: boolean,
  ): Promise<TurnResult> {
    const end = { messageId: run.messageId, runId: run.runId, result, steps: run.log.steps };
    try {
      if (opened === null) await this.writer.whole({ ...start, ...end });
      else {
        await opened;
        // Before the end, so that whoever sees the end in the database finds all that came before it.
        await this.eventWriter.finish(run, isFollowed);
        await this.writer.end(end);
      }
      return result;
    } catch (error) {
      return { ...result, status: 'failed', error: this.explain(run, new TurnNotStored({ cause: error })) };
    }
  }

  private explain(run: LiveRun, reason: unknown): TurnError {
    const error = toTurnError(reason);
    const facts = `Run ${run.runId} on configuration ${run.llmConfigId} failed: ${error.code}`;
    if (error.kind === 'internal') this.logger.error(facts, reason instanceof Error ? reason.stack : undefined);
    else this.logger.warn(facts);
    return error;
  }

  private startOf(run: LiveRun, turn: ChatTurn): TurnStart {
    const { userId, appId, endUserId } = ownerColumns(turn.owner);
    const { runId, messageId, sessionId, createdAt, llmConfigId, modelName } = run;
    const { name, userLabel, inputs } = turn.newSession;
    return {
      session: {
        ...{
          id: sessionId,
          isNew: turn.sessionId === null,
          ownerId: userId,
          userLabel,
          appId,
          endUserId,
          name,
          inputs,
        },
        channel: turn.channel,
        llmConfigId: turn.llmConfigId,
      },
      ...{ messageId, runId, query: turn.query, llmConfigId, modelName, createdAt, processId: this.runs.processId },
      files: turn.files ?? [],
      parentId: turn.parentId === null ? BEGINNING : (turn.parentId ?? null),
    };
  }
}

/** What a model was told, but for tools and files; to estimate how much it is. */
function askedIn({ systemPrompt, query }: ChatTurn, history: readonly HistoryTurn[]): ModelRequest {
  const said = history.flatMap((turn) => [turn.query, turn.answer]);
  return { messages: [systemPrompt ?? '', ...said, query].map((content) => ({ role: 'user', content })) };
}

/** The turn with the session's inputs in its prompt. */
function withInputs(turn: ChatTurn, session: SessionForTurn | null): ChatTurn {
  if (turn.systemPrompt === null) return turn;
  return { ...turn, systemPrompt: fillIn(turn.systemPrompt, session?.inputs ?? turn.newSession.inputs) };
}
