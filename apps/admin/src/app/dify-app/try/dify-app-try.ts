import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { AppDto, LlmConfigDto } from '@opsagent/contracts';
import { Obstacle } from '../../shared/data/obstacle.js';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { State } from '../../shared/ui/state.js';
import { Toasts } from '../../shared/ui/toasts.js';
import { DifyAppClient } from '../dify-app-client.js';
import { Exchange } from './exchange.js';
import { initialInputs } from './initial-inputs.js';
import { TrialKey } from './trial-key.js';
import { AnswerView, type FollowUp } from './ui/answer-view.js';
import { ExchangeList } from './ui/exchange-list.js';
import { RawView } from './ui/raw-view.js';
import { RequestForm } from './ui/request-form.js';
import { fileKindOf, textAt, type WireObject } from './wire-answer.js';
import { TRIAL_USER, wireOperations, type WireOperation } from './wire-operation.js';
import { curlOf, isFault, wireRequest, type WireFault, type WireRequest, type WireValues } from './wire-request.js';

const CHAT = 'POST /chat-messages';
const STOP = 'POST /chat-messages/{}/stop';
const UPLOAD = 'POST /files/upload';
/** How many calls stay to be looked at again. */
const KEPT = 20;

/** The wire of an app, tried out from the browser as a client would use it: what is sent, what it comes to, and what really came. */
@Component({
  selector: 'oa-dify-app-try',
  imports: [AnswerView, ExchangeList, RawView, RequestForm, State, TranslocoDirective],
  templateUrl: './dify-app-try.html',
  styleUrl: './dify-app-try.css',
  providers: [TrialKey],
})
export class DifyAppTry {
  private readonly client = inject(DifyAppClient);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly toasts = inject(Toasts);
  private readonly obstacle = inject(Obstacle);
  protected readonly trialKey = inject(TrialKey);
  readonly app = input.required<AppDto>();
  readonly models = input.required<readonly LlmConfigDto[]>();
  /** Whether a key can be made here. */
  readonly mayChange = input(false);

  protected readonly description = this.client.describe();
  protected readonly operations = computed(() =>
    this.description.hasValue() ? wireOperations(this.description.value()) : [],
  );
  protected readonly chosen = signal(CHAT);
  protected readonly operation = computed(
    () => this.operations().find(({ key }) => key === this.chosen()) ?? this.operations()[0],
  );
  private readonly entered = signal<Readonly<Record<string, WireValues>>>({});
  /** What earlier answers named, for the calls that ask about it. */
  private readonly known = signal<WireValues>({});
  protected readonly values = computed(() => this.valuesOf(this.operation()));
  protected readonly rawBody = signal<string | null>(null);
  protected readonly file = signal<File | null>(null);
  protected readonly fault = signal<WireFault | null>(null);
  /** Kept in memory only; empty takes a key made for it. */
  protected readonly pasted = signal('');
  protected readonly isPasting = signal(false);
  protected readonly isStarting = signal(false);
  protected readonly exchanges = signal<readonly Exchange[]>([]);
  protected readonly shown = signal<Exchange | null>(null);
  protected readonly needsKey = computed(() => this.isPasting() || !this.mayChange());
  /** The conversation that the shown suggestions go on with. */
  protected readonly conversation = computed(() => {
    const url = this.shown()?.request.url ?? '';
    const asked = this.exchanges().map((exchange) => exchange.answer());
    return asked.find((answer) => answer?.messageId && url.includes(answer.messageId))?.conversationId ?? '';
  });
  protected readonly curl = computed(() => {
    const made = this.made();
    return made && !isFault(made) ? curlOf(made, location.origin) : '';
  });
  protected readonly problem = computed(() => {
    const error = this.description.error();
    return error ? toProblem(error) : null;
  });
  private count = 0;

  protected choose(key: string): void {
    this.chosen.set(key);
    this.rawBody.set(null);
    this.fault.set(null);
    this.file.set(null);
  }

  protected enter(change: WireValues): void {
    this.fault.set(null);
    this.put(this.chosen(), change);
  }

  protected async send(): Promise<void> {
    const [operation, made] = [this.operation(), this.made()];
    if (!operation || !made || this.isStarting()) return;
    if (isFault(made)) return this.fault.set(made);
    await this.start(operation, made);
  }

  /** The server is told, as a client's button does; a second press breaks the connection off. */
  protected async stop(exchange: Exchange): Promise<void> {
    const task = exchange.answer()?.taskId;
    if (!task || exchange.isStopping()) return exchange.leave();
    exchange.isStopping.set(true);
    const user = textAt(exchange.sentBody(), 'user') || TRIAL_USER;
    await this.call(STOP, { 'path.task_id': task, 'body.user': user }, false);
  }

  /** An uploaded file becomes part of the next question. */
  protected async attach(file: File): Promise<void> {
    const uploaded = await this.call(UPLOAD, {}, false, file);
    const body = uploaded?.body();
    if (!body || !textAt(body, 'id')) return;
    const added = { type: fileKindOf(body), transfer_method: 'local_file', upload_file_id: textAt(body, 'id') };
    const now = this.valuesOf(this.operation())['body.files'] ?? '';
    this.enter({ 'body.files': JSON.stringify([...filesOf(now), added]) });
  }

  protected async follow(next: FollowUp): Promise<void> {
    switch (next.kind) {
      case 'ask':
        this.choose(CHAT);
        this.enter({ 'body.conversation_id': next.conversation, 'body.query': next.query ?? '' });
        if (next.query) await this.send();
        return;
      case 'rate':
        return void (await this.call('POST /messages/{}/feedbacks', {
          'path.message_id': next.message,
          'body.rating': next.rating,
        }));
      case 'suggest':
        return void (await this.call('GET /messages/{}/suggested', { 'path.message_id': next.message }));
      case 'history':
        return void (await this.call('GET /messages', { 'query.conversation_id': next.conversation }));
    }
  }

  /** Makes one call out of given values; null when it could not be made. */
  private async call(
    key: string,
    values: WireValues,
    isShown = true,
    file: File | null = null,
  ): Promise<Exchange | null> {
    const operation = this.operations().find((one) => one.key === key);
    if (!operation) return null;
    if (isShown) {
      this.choose(key);
      this.put(key, values);
    }
    const made = wireRequest(operation, { ...this.valuesOf(operation), ...values }, file, null);
    return isFault(made) ? null : this.start(operation, made, isShown);
  }

  private async start(operation: WireOperation, request: WireRequest, isShown = true): Promise<Exchange | null> {
    const key = await this.key();
    if (key === '') return null;
    const exchange = new Exchange(++this.count, operation, request);
    this.exchanges.update((all) => [exchange, ...all].slice(0, KEPT));
    if (isShown || !this.shown()) this.shown.set(exchange);
    await exchange.run(key);
    this.remember(exchange);
    return exchange;
  }

  /** Empty when there is none, which has been said by then. */
  private async key(): Promise<string> {
    if (this.obstacle.reason() !== '') return '';
    if (this.needsKey()) return this.pasted().trim();
    this.isStarting.set(true);
    try {
      return await this.trialKey.value(this.app().id, this.transloco.translate('apps.try.keyName'));
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
      return '';
    } finally {
      this.isStarting.set(false);
    }
  }

  private made(): WireRequest | WireFault | null {
    const operation = this.operation();
    return operation ? wireRequest(operation, this.values(), this.file(), this.rawBody()) : null;
  }

  private put(key: string, change: WireValues): void {
    this.entered.update((all) => ({ ...all, [key]: { ...all[key], ...change } }));
  }

  private valuesOf(operation: WireOperation | undefined): WireValues {
    if (!operation) return {};
    const known = operation.key === CHAT ? {} : this.known();
    const first = operation.fields.map(({ id, name, initial }) => [id, known[name] ?? this.first(name, initial)]);
    return { ...(Object.fromEntries(first) as WireValues), ...this.entered()[operation.key] };
  }

  private first(name: string, initial: string): string {
    return name === 'inputs' ? JSON.stringify(initialInputs(this.app().input_form)) : initial;
  }

  private remember(exchange: Exchange): void {
    const answer = exchange.answer();
    const body: WireObject = exchange.body() ?? {};
    const found = {
      conversation_id: answer?.conversationId ?? '',
      message_id: answer?.messageId ?? '',
      task_id: answer?.taskId ?? '',
      file_id: exchange.operation.key === UPLOAD ? textAt(body, 'id') : '',
      end_user_id: textAt(body, 'created_by'),
      job_id: textAt(body, 'job_id'),
    };
    this.known.update((known) => ({ ...known, ...Object.fromEntries(Object.entries(found).filter(([, id]) => id)) }));
  }
}

function filesOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text || '[]');
    return Array.isArray(value) ? (value as unknown[]) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
