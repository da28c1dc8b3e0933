import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { FirstQuestion } from '../shared/data/first-question.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Language } from '../shared/i18n/language.js';
import { Control, Field } from '../shared/ui/field.js';
import { SetupClient } from './setup-client.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** The first question; its answer streams into a real conversation, where the console begins. */
@Component({
  selector: 'oa-chat-step',
  imports: [Control, Field, Icon, RouterLink, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <div>
        <h1>{{ t('setup.chat.title') }}</h1>
        <p class="oa-muted">{{ t('setup.chat.text') }}</p>
      </div>
      @if (fault(); as fault) {
        <div class="oa-notice danger" role="alert">
          <svg oaIcon="circle-x"></svg>
          <div>
            <strong>{{ fault.title }}</strong>
            <p>{{ fault.cause }}</p>
            <p>{{ fault.action }}</p>
            <a routerLink="/setup/model">{{ t('setup.chat.toModel') }}</a>
          </div>
        </div>
      }
      <form (submit)="send($event)">
        <oa-field [label]="t('setup.chat.question')">
          <input #field oaControl autocomplete="off" [value]="query()" (input)="query.set(field.value)" />
        </oa-field>
        <button
          class="oa-button primary"
          type="submit"
          [attr.aria-busy]="isBusy()"
          [attr.aria-disabled]="query().trim() ? null : 'true'"
        >
          <svg oaIcon="send"></svg>{{ t('setup.chat.send') }}
        </button>
      </form>
    </ng-container>
  `,
  styles: `
    :host,
    form {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class ChatStep {
  private readonly router = inject(Router);
  private readonly client = inject(SetupClient);
  private readonly firstQuestion = inject(FirstQuestion);
  private readonly problemText = inject(ProblemText);
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  protected readonly isBusy = signal(false);
  private readonly problem = signal<Problem | null>(null);
  protected readonly fault = computed(() => {
    this.language.active();
    const problem = this.problem();
    return problem && this.problemText.of(problem);
  });
  /** A greeting in the reader's language. */
  protected readonly query = linkedSignal(() => {
    this.language.active();
    return this.transloco.translate('setup.chat.greeting');
  });

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    const query = this.query().trim();
    if (!query || this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set(null);
    try {
      const { session_id } = await this.client.startSession();
      this.firstQuestion.put(session_id, query);
      await this.router.navigate(['/sessions', session_id], { queryParams: { welcome: true } });
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
