import { Component, computed, DestroyRef, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { FeedbackDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { namesPlace } from '../shared/data/place.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { FirstQuestion } from '../shared/data/first-question.js';
import { Chat } from './chat.js';
import { LimitWait } from './limit-wait.js';
import { ModelChoices } from './model-choices.js';
import { type ReadingPlace, ReadingPlaces } from './reading-places.js';
import { SessionClient } from './session-client.js';
import { SessionList } from './session-list.js';
import { SessionNews } from './session-news.js';
import { StepApprovals } from './step-approvals.js';
import type { AskedAnew } from './shown-line.js';
import type { Turn } from './turn.js';
import { Announcer } from './ui/announcer.js';
import { Composer } from './ui/composer.js';
import { ExportMenu } from './ui/export-menu.js';
import { LimitNotice } from './ui/limit-notice.js';
import { ModelSelect } from './ui/model-select.js';
import { Message, ScrollOwner } from './ui/scroll-owner.js';
import { TurnView } from './ui/turn-view.js';
import { WelcomeBar } from './ui/welcome-bar.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** One conversation: its history, the streamed answer, and where the next question is written. */
@Component({
  selector: 'oa-chat-page',
  imports: [
    RouterLink,
    TranslocoPipe,
    Icon,
    State,
    Announcer,
    Composer,
    ExportMenu,
    LimitNotice,
    Message,
    ModelSelect,
    ScrollOwner,
    TurnView,
    WelcomeBar,
  ],
  providers: [Chat],
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.css',
  host: { '(document:keydown.escape)': 'stopOnEscape($event)' },
})
export class ChatPage {
  private readonly transloco = inject(TranslocoService);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly problemText = inject(ProblemText);
  private readonly router = inject(Router);
  private readonly client = inject(SessionClient);
  private readonly sessions = inject(SessionList);
  private readonly places = inject(ReadingPlaces);
  private readonly approvals = inject(StepApprovals);
  private readonly firstQuestion = inject(FirstQuestion);
  private readonly composer = viewChild(Composer);
  private readonly scroll = viewChild(ScrollOwner);
  protected readonly modelSelect = viewChild(ModelSelect);
  protected readonly chat = inject(Chat);
  protected readonly models = inject(ModelChoices);
  protected readonly mayAsk = inject(CurrentUser).can('operator');
  /** The session, from the route. */
  readonly id = input.required<string>();
  /** The query parameter of the first conversation after the set-up. */
  readonly welcome = input<string>();
  /** A message to show the line of, from the link to it. */
  readonly message = input<string>();

  protected readonly isUsable = computed(() => this.models.isUsable(this.chat.session()?.llm_config_id ?? null));
  protected readonly isReady = computed(() => this.chat.session()?.session_id === this.id());
  /** What is wrong with the connection to the running answer, if anything. */
  protected readonly broken = computed(() => {
    const answering = this.chat.answering();
    const state = answering?.state();
    if (state === 'lost') return 'lost';
    const isAgain = state === 'connecting' && answering!.turn().parts.length > 0;
    return state === 'waiting' || isAgain ? 'reconnecting' : null;
  });
  protected readonly wait = new LimitWait(this.chat.sendProblem);
  private readonly isLoadingEarlier = signal(false);

  constructor() {
    namesPlace(() => this.chat.session()?.session_name ?? '');
    effect(() => {
      const id = this.id();
      void untracked(() => this.open(id));
    });
    effect(() => {
      this.scroll()?.reading();
      untracked(() => this.keepPlace());
    });
    // Taken away while the page was open: the choices tell what is left.
    effect(() => {
      if (this.chat.sendProblem()?.code === 'llm-config/not-for-you') untracked(() => void this.models.load());
    });
    const stopListening = inject(SessionNews).listen((id) => id === this.id() && void this.chat.refresh());
    const look = () => document.visibilityState === 'visible' && void this.chat.refresh();
    document.addEventListener('visibilitychange', look);
    inject(DestroyRef).onDestroy(() => {
      this.chat.close();
      stopListening();
      document.removeEventListener('visibilitychange', look);
    });
  }

  protected send(query: string): void {
    this.chat.send(query);
    this.scroll()?.toEnd();
  }

  protected askAnew(asked: AskedAnew): void {
    this.chat.askAnew(asked);
    this.scroll()?.toEnd();
  }

  /** Asks in a new session with the same model, where nothing that was said before is in the way. */
  protected async moveOn(query: string): Promise<void> {
    try {
      const { llm_config_id } = this.chat.session()!;
      const { session_id } = await this.client.create({ llm_config_id });
      this.firstQuestion.put(session_id, query);
      void this.sessions.load();
      await this.router.navigate(['/sessions', session_id]);
    } catch (error) {
      this.say(error);
    }
  }

  protected async rate(turn: Turn, feedback: FeedbackDto | null): Promise<void> {
    await this.chat.rate(turn, feedback).catch((error: unknown) => this.say(error));
  }

  protected takeBack(): void {
    this.composer()?.write(this.chat.unqueue());
  }

  protected async stop(): Promise<void> {
    await this.chat.stop().catch((error: unknown) => this.say(error));
  }

  protected async choose(configId: string | null): Promise<void> {
    if (this.chat.turns().length > 0 && !(await this.isSure(configId))) return;
    await this.chat.choose(configId).catch((error: unknown) => this.say(error));
    if (this.chat.sendProblem()?.limit?.kind === 'llm_config') this.wait.stop();
  }

  private isSure(configId: string | null): Promise<boolean> {
    const config = configId === null ? this.models.default() : this.models.byId(configId);
    return this.confirm.ask({
      title: this.transloco.translate('session.model.changeTitle', { name: config?.name ?? '' }),
      text: this.transloco.translate('session.model.changeText'),
      confirm: this.transloco.translate('session.model.changeConfirm'),
    });
  }

  protected async loadEarlier(): Promise<void> {
    if (this.isLoadingEarlier() || !this.chat.hasEarlier()) return;
    this.isLoadingEarlier.set(true);
    await this.chat.loadEarlier().catch((error: unknown) => this.say(error));
    this.isLoadingEarlier.set(false);
  }

  /** Only when nothing above the page takes the key for itself. */
  protected stopOnEscape(event: Event): void {
    const isTaken = event.defaultPrevented || document.querySelector('dialog[open], :popover-open') !== null;
    const answering = this.chat.answering();
    if (!isTaken && answering && !answering.isStopping()) void this.stop();
  }

  private async open(id: string): Promise<void> {
    this.approvals.enter(id);
    const linked = this.message();
    const kept = linked === undefined ? this.places.read(id) : { messageId: linked, offset: 0 };
    await this.chat.open(id, linked ?? null);
    const query = this.firstQuestion.take(id);
    if (query !== null && this.chat.session()?.session_id === id) this.chat.send(query);
    if (kept === null) this.scroll()?.toEnd();
    else await this.goTo(kept);
    // On a phone the keyboard would cover the conversation.
    if (matchMedia('(width >= 1024px)').matches) this.composer()?.focus();
  }

  private async goTo({ messageId, offset }: ReadingPlace): Promise<void> {
    const turn = await this.chat.findTurn(messageId).catch((error: unknown) => this.say(error));
    if (turn) setTimeout(() => this.scroll()?.toMessage(turn.key, offset));
  }

  /** For when the session is opened again; an older line of versions is not opened again by itself. */
  private keepPlace(): void {
    const place = this.scroll()?.reading();
    if (place === undefined || !this.isReady() || this.chat.line() !== null) return;
    const turn = place === 'end' ? null : this.chat.turns().find(({ key }) => key === place.key);
    const messageId = turn?.message_id ?? null;
    this.places.write(this.id(), place === 'end' || messageId === null ? null : { messageId, offset: place.offset });
  }

  private say(error: unknown): void {
    this.toasts.failed(this.problemText.line(toProblem(error)));
  }
}
