import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { AgentRunner, type AgentTurn, type AttachedFile, type HistoryTurn, RunLeft } from '../agent/agent-runner.js';
import { ApprovalDesk } from '../agent/approvals/approval-desk.js';
import { type TurnAdmission, TurnLimits } from '../platform/limits/limits.js';
import { ChatModels } from '../llm-config/chat-models.js';
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
import type { LoggedStep } from './turn-log.js';
import { type SessionForTurn, TurnReader, ownerColumns } from './turn-reader.js';
import { TurnKeepings } from './turn-keeping.js';
import { type TurnStart, TurnWriter } from './turn-writer.js';

const NOT_HERE =
  'Calls that change something are not allowed here. Say what you would do and how a person can do it themselves.';
const NOT_IN_ONE_PIECE =
  'An answer that is sent in one piece cannot wait until a call is allowed. Say what you would do and how a person can do it themselves.';

/** What a turn is answered from. */
type TurnWork = {
  readonly files: readonly AttachedFile[];
  readonly history: HistoryTurn[];
  /** The steps of a turn that waited on another process. */
  readonly begun?: readonly LoggedStep[];
  readonly admission?: TurnAdmission;
} & ({ readonly opened: Promise<void> } | { readonly opened: null; readonly start: TurnStart });

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
    private readonly keepings: TurnKeepings,
    private readonly desk: ApprovalDesk,
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
    void this.carryOut(run, inSession(turn, session), session?.history ?? [], admission);
    return run;
  }

  /** Goes on with a run that waited on another process. Its stored steps say how far it came. */
  goOn(run: LiveRun, turn: ChatTurn, files: readonly AttachedFile[], history: HistoryTurn[]): void {
    this.runs.add(run, turn.owner);
    void this.finish(run, turn, { files, history, begun: run.log.steps, opened: Promise.resolve() });
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
    history: HistoryTurn[],
    admission: TurnAdmission,
  ): Promise<void> {
    if (turn.readyAnswer) run.readyAnswer = await turn.readyAnswer(run.cancel.signal);
    const start = this.startOf(run, turn);
    const delivery = turn.delivery === 'stream' ? { opened: this.open(run, start) } : { opened: null, start };
    // Whoever stores the end hears of it; until then nobody does.
    delivery.opened?.catch(() => undefined);
    await this.finish(run, turn, { files: turn.files ?? [], history, admission, ...delivery });
  }

  private async finish(run: LiveRun, turn: ChatTurn, work: TurnWork): Promise<void> {
    const result = await this.answer(run, turn, work);
    if (result === null) return this.leave(run, work);
    const stored = await this.store(run, work, result, turn.channel !== 'dify');
    if (stored.status === 'finished' && run.readyAnswer === null) this.models.used(stored.llmConfigId);
    this.count(run, turn, stored, work.history);
    // Who reads the end may ask again at once.
    const released = work.admission?.release();
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

  /** Another process goes on with it, or will. */
  private async leave(run: LiveRun, { admission }: TurnWork): Promise<void> {
    const letGo = this.runRepository.letGo(this.runs.processId, run.runId);
    await letGo.catch((error: Error) => this.logger.warn(`Run ${run.runId} was not let go: ${error.message}`));
    await admission?.release();
    this.runs.remove(run.runId);
    run.leave();
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

  /** Null when this process has let go of the run. */
  private async answer(run: LiveRun, turn: ChatTurn, work: TurnWork): Promise<TurnResult | null> {
    if (run.readyAnswer) {
      void run.emit([{ type: 'text', delta: run.readyAnswer.text }]);
      return run.conclude('finished', null);
    }
    try {
      await this.agent.run(this.agentTurn(run, turn, work), (events) => run.emit(events), run.cancel.signal);
      return run.conclude('finished', null);
    } catch (error) {
      const reason: unknown = run.cancel.signal.aborted ? run.cancel.signal.reason : error;
      if (reason instanceof RunLeft) return null;
      return reason instanceof TurnStopped
        ? run.conclude('stopped', null)
        : run.conclude('failed', this.explain(run, reason));
    }
  }

  private agentTurn(run: LiveRun, turn: ChatTurn, { files, history, begun = [], opened }: TurnWork): AgentTurn {
    const { runId, messageId, sessionId, model } = run;
    const { query, systemPrompt, tools, dangerousCalls, modelUser: user } = turn;
    const isWilling = dangerousCalls === 'ask' && opened !== null;
    const refusal = dangerousCalls === 'refuse' ? NOT_HERE : NOT_IN_ONE_PIECE;
    const asking = isWilling ? { desk: this.desk, keeping: this.keepings.of(run, turn, opened) } : refusal;
    return { runId, messageId, sessionId, model, user, query, files, history, systemPrompt, tools, asking, begun };
  }

  private async store(run: LiveRun, work: TurnWork, result: TurnResult, isFollowed: boolean): Promise<TurnResult> {
    const end = { messageId: run.messageId, runId: run.runId, result, steps: run.log.steps };
    try {
      if (work.opened === null) await this.writer.whole({ ...work.start, ...end });
      else {
        await work.opened;
        if (run.hasWaited) await this.desk.abandon(run.runId);
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

/** The turn with the session's tools, and with its inputs in the prompt. */
function inSession(asked: ChatTurn, session: SessionForTurn | null): ChatTurn {
  const turn = session?.tools ? { ...asked, tools: session.tools } : asked;
  if (turn.systemPrompt === null) return turn;
  return { ...turn, systemPrompt: fillIn(turn.systemPrompt, session?.inputs ?? turn.newSession.inputs) };
}
