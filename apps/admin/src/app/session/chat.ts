import { computed, inject, Service, signal } from '@angular/core';
import type { FeedbackDto, LimitWarningDto, SessionDto } from '@opsagent/contracts';
import { noAnswer, type Problem, ProblemError, problemOfResponse, toProblem } from '../shared/data/problem.js';
import { Answering } from './answering.js';
import { LimitWarnings } from './limit-warnings.js';
import { SessionClient } from './session-client.js';
import { SessionList } from './session-list.js';
import { SessionNews } from './session-news.js';
import { type AskedAnew, ShownLine } from './shown-line.js';
import { StreamRefused } from './stream/run-stream.js';
import { askedTurn, isOpen, type Turn, turnOf } from './turn.js';

const PAGE = 40;
const EARLIER_PAGE = 200;

/** One open conversation: its history, the answer in the making, and the question that waits behind it. */
@Service({ autoProvided: false })
export class Chat {
  private readonly client = inject(SessionClient);
  private readonly sessions = inject(SessionList);
  private readonly news = inject(SessionNews);
  private readonly warnings = inject(LimitWarnings);
  private readonly opened = signal<SessionDto | null>(null);
  private readonly shown = new ShownLine();
  private readonly current = signal<Answering | null>(null);
  private readonly waiting = signal<string | null>(null);
  private readonly fault = signal<Problem | null>(null);
  private readonly refusal = signal<Problem | null>(null);
  private readonly endedTurn = signal<Turn | null>(null);
  /** Which conversation is wanted: an answer about another one comes too late. */
  private wanted = '';

  readonly session = this.opened.asReadonly();
  /** The version whose line is shown, null for the newest line. */
  readonly line = this.shown.through;
  readonly answering = this.current.asReadonly();
  /** The question that is sent when the running answer has ended. */
  readonly queued = this.waiting.asReadonly();
  /** Why the conversation could not be read. */
  readonly problem = this.fault.asReadonly();
  /** Why the last question was not taken. */
  readonly sendProblem = this.refusal.asReadonly();
  /** The turn that ended last while the page was open. */
  readonly lastEnded = this.endedTurn.asReadonly();
  readonly hasEarlier = this.shown.hasEarlier;
  readonly turns = computed<readonly Turn[]>(() => {
    const turn = this.current()?.turn();
    const past = this.shown.turns();
    return turn ? [...past, turn] : past;
  });

  /** @param through a message whose line of versions to show; the newest line otherwise */
  async open(id: string, through: string | null = null): Promise<void> {
    this.close();
    this.wanted = id;
    this.shown.pick(through);
    try {
      await this.read(id);
    } catch (error) {
      if (this.wanted === id) this.fault.set(toProblem(error));
    }
  }

  /** Reads again what another page may have changed; not while an answer is followed or a question waits to be sent again. */
  async refresh(): Promise<void> {
    const id = this.opened()?.session_id;
    if (id && !this.current() && !this.refusal()) await this.open(id, this.line());
  }

  /** Shows another version of a turn and what followed it. */
  async show(versionId: string): Promise<void> {
    const id = this.opened()?.session_id;
    if (id && !this.current()) await this.open(id, versionId);
  }

  /** Whether this turn was answered by another configuration than the turn before it. */
  isModelNew(turn: Turn): boolean {
    return this.current()?.turn() === turn ? this.shown.isModelNewAfter(turn) : this.shown.isModelNew(turn);
  }

  close(): void {
    this.current()?.close();
    this.current.set(null);
    this.waiting.set(null);
    this.refusal.set(null);
    this.fault.set(null);
  }

  /** Sends a question, or lets it wait while an answer is being made. */
  send(query: string): void {
    const session = this.opened();
    if (!session) return;
    if (this.current()) return this.waiting.set(query);
    this.forgetUnsent();
    this.begin({ query, parentId: this.shown.turns().at(-1)?.message_id ?? null });
  }

  /** Asks an earlier question again, as it was or changed: a new version of that turn. What there was stays with the old one. */
  askAnew(asked: AskedAnew): void {
    if (!this.opened() || this.current()) return;
    this.forgetUnsent();
    this.begin(asked);
  }

  /** Rates an answer at once and takes it back when the server refuses. @throws what the server said. */
  async rate({ message_id, feedback }: Turn, next: FeedbackDto | null): Promise<void> {
    if (message_id === null) return;
    this.shown.change(message_id, { feedback: next });
    try {
      await this.client.rate(message_id, next);
    } catch (error) {
      this.shown.change(message_id, { feedback });
      throw error;
    }
  }

  unqueue(): string {
    const query = this.waiting() ?? '';
    this.waiting.set(null);
    return query;
  }

  /** @throws what the server said. */
  async stop(): Promise<void> {
    const answering = this.current();
    try {
      await answering?.stop();
    } catch (error) {
      answering?.stopFailed();
      throw error;
    }
  }

  async reconnect(): Promise<void> {
    const answering = this.current();
    if (!answering) return this.refresh();
    answering.reconnect();
    await this.see(answering);
  }

  /** Puts an earlier page before the others. */
  async loadEarlier(): Promise<void> {
    const id = this.opened()!.session_id;
    const known = this.shown.ids();
    const running = this.current() ? 1 : 0;
    const skip = this.shown.turns().length + running;
    const { items, total } = await this.client.messages(id, skip, EARLIER_PAGE, this.line());
    this.shown.putBefore(items.map(turnOf), known, total - running);
  }

  /** Reads back as far as a message of this line, if there is such a one. */
  async findTurn(messageId: string): Promise<Turn | undefined> {
    for (;;) {
      const found = this.turns().find(({ message_id }) => message_id === messageId);
      if (found || !this.hasEarlier()) return found;
      await this.loadEarlier();
    }
  }

  /** Binds another configuration from the next question on. @throws what the server said. */
  async choose(configId: string | null): Promise<void> {
    const { session_id } = this.opened()!;
    this.put(await this.client.update(session_id, { llm_config_id: configId }));
  }

  /** Takes over what is known to have changed. */
  put(session: SessionDto): void {
    this.opened.set(session);
    this.sessions.put(session);
  }

  private async read(id: string): Promise<void> {
    const messages = this.client.messages(id, 0, PAGE, this.line());
    const [session, page] = await Promise.all([this.client.get(id), messages]);
    if (this.wanted !== id) return;
    const running = page.items.find(({ run_id }) => run_id !== null && run_id === session.active_run_id);
    const past = page.items.filter((message) => message !== running).map(turnOf);
    this.opened.set(session);
    this.shown.replace(past, page.total - (running ? 1 : 0));
    if (running) void this.see(Answering.follow(turnOf(running), session.active_run_id!, this.ports(id)));
  }

  private begin(asked: AskedAnew): void {
    const { session_id } = this.opened()!;
    const { question, takeBack } = this.shown.branch(asked);
    const open = (signal: AbortSignal) => this.client.ask(session_id, question, signal);
    const turn = askedTurn(asked.query, new Date(), asked.parentId);
    void this.see(Answering.send(turn, open, this.ports(session_id)), takeBack);
  }

  private forgetUnsent(): void {
    this.refusal.set(null);
    this.shown.forgetUnsent();
  }

  private ports(sessionId: string) {
    return {
      resume: this.client.follow,
      stop: (runId: string) => this.client.stop(runId),
      onWarned: (warning: LimitWarningDto) => this.warnings.tell(warning),
      onStarted: () => {
        this.news.tell(sessionId);
        void this.sessions.load();
        void this.client.get(sessionId).then(
          (session) => this.opened.update((open) => (open?.session_id === sessionId ? session : open)),
          // The name in the heading stays as it was; the next reading brings it.
          () => undefined,
        );
      },
    };
  }

  /** Follows an answer to its end and puts it among the past ones; `takeBack` undoes what its asking changed. */
  private async see(answering: Answering, takeBack: () => void = () => undefined): Promise<void> {
    this.current.set(answering);
    try {
      const turn = await answering.ended();
      if (this.current() !== answering || answering.state() === 'lost') return;
      if (isOpen(turn)) return await this.readAgain();
      this.settle(turn);
      void this.fillIn(turn);
      this.goOn(turn);
    } catch (error) {
      if (this.current() === answering) {
        takeBack();
        await this.notTaken(answering.turn(), error);
      }
    }
  }

  private settle(turn: Turn): void {
    this.current.set(null);
    this.shown.append(turn);
    this.endedTurn.set(turn);
    void this.sessions.load();
    if (this.opened()) this.news.tell(this.opened()!.session_id);
  }

  /** The stored message knows the price and the other versions, and durations which a replay does not. */
  private async fillIn({ key, message_id, parts, reasoningMs, modelChange }: Turn): Promise<void> {
    if (message_id === null) return;
    const page = await this.client.messages(this.opened()!.session_id, 0, 1, message_id).catch(() => null);
    const stored = page?.items.find((message) => message.message_id === message_id);
    if (stored && stored.status !== 'running')
      this.shown.change(message_id, { ...turnOf(stored), key, parts, reasoningMs, modelChange });
  }

  /** The next question only follows an answer that came to its end by itself. */
  private goOn(turn: Turn): void {
    const next = turn.status === 'finished' ? this.unqueue() : '';
    if (next !== '') this.send(next);
  }

  private async readAgain(): Promise<void> {
    const queued = this.waiting();
    await this.open(this.opened()!.session_id);
    this.waiting.set(queued);
  }

  private async notTaken(turn: Turn, error: unknown): Promise<void> {
    this.current.set(null);
    const refusal = await refusalIn(error);
    if (!refusal && (await this.arrived(turn.query))) return;
    this.refusal.set(refusal ?? noAnswer(String(error)));
    this.shown.showUnsent(turn);
  }

  /** Whether a question whose sending broke is being answered after all. */
  private async arrived(query: string): Promise<boolean> {
    const known = this.shown.ids();
    await this.open(this.opened()!.session_id);
    const last = this.turns().at(-1);
    return this.fault() === null && last?.query === query && !known.has(last.message_id);
  }
}

/** Why a question was surely not taken; null when nobody here can tell. */
async function refusalIn(error: unknown): Promise<Problem | null> {
  if (error instanceof StreamRefused) return problemOfResponse(error.response);
  return error instanceof ProblemError ? error.problem : null;
}
