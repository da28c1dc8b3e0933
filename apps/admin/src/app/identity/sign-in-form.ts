import { Component, computed, inject, model, output, signal } from '@angular/core';
import { form, FormField, required } from '@angular/forms/signals';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { FieldErrors } from '../shared/data/field-errors.js';
import { Countdown } from '../shared/data/countdown.js';
import { isUnreachable, type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Language } from '../shared/i18n/language.js';
import { Control, Field } from '../shared/ui/field.js';
import { PasswordInput } from '../shared/ui/password-input.js';
import { Unreachable } from '../shared/ui/unreachable.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { CodeInput } from './ui/code-input.js';

const NOTHING = { email: '', password: '', code: '' };

/** E-mail and password, where the error does not say which of the two is wrong; then a code, where the account asks for one. */
@Component({
  selector: 'oa-sign-in-form',
  imports: [CodeInput, Control, Field, FormField, Icon, PasswordInput, TranslocoPipe, Unreachable],
  template: `
    <form novalidate (submit)="signIn($event)">
      @if (gone(); as problem) {
        <oa-unreachable [problem]="problem" [ask]="ask" (answered)="trouble.set(null)" />
      } @else if (failure()) {
        <p class="oa-notice danger" role="alert">
          <svg oaIcon="circle-alert"></svg>
          <span class="oa-figures">{{ failure() }}</span>
        </p>
      }
      @if (asksCode()) {
        <oa-code-input [formField]="fields.code" [error]="errors.of(fields.code())" [takesFocus]="true" />
      } @else {
        <oa-field [label]="'signIn.email' | transloco" [error]="errors.of(fields.email())">
          <input oaControl type="email" autocomplete="username" [formField]="fields.email" />
        </oa-field>
        <oa-field [label]="'signIn.password' | transloco" [error]="errors.of(fields.password())">
          <oa-password-input autocomplete="current-password" [formField]="fields.password" />
        </oa-field>
      }
      <button
        class="oa-button primary"
        type="submit"
        [attr.aria-busy]="isBusy()"
        [attr.aria-disabled]="wait.left() > 0 ? 'true' : null"
      >
        {{ 'signIn.submit' | transloco }}
      </button>
      @if (asksCode()) {
        <button class="oa-button ghost" type="button" (click)="startAgain()">{{ 'signIn.back' | transloco }}</button>
      }
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class SignInForm {
  private readonly user = inject(CurrentUser);
  private readonly problemText = inject(ProblemText);
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  protected readonly errors = inject(FieldErrors);
  readonly signedIn = output();

  /** Why it cannot be done now: what the last attempt met, or what the page around met before. */
  readonly trouble = model<Problem | null>(null);

  /** The password was right, and the account has a second factor. */
  protected readonly asksCode = signal(false);
  private readonly draft = signal(NOTHING);
  protected readonly fields = form(this.draft, (path) => {
    required(path.email);
    required(path.password);
    required(path.code, { when: () => this.asksCode() });
  });
  protected readonly isBusy = signal(false);
  /** After too many attempts the server names the time to wait. */
  protected readonly wait = new Countdown(() => this.trouble.set(null));
  protected readonly gone = computed(() => {
    const problem = this.trouble();
    return problem && isUnreachable(problem) ? problem : null;
  });
  protected readonly failure = computed(() => {
    this.language.active();
    const problem = this.trouble();
    if (!problem) return '';
    if (problem.code === 'identity/wrong-second-factor') return this.transloco.translate('signIn.wrongCode');
    if (problem.status === 401) return this.transloco.translate('signIn.wrong');
    if (this.wait.left() > 0) return this.transloco.translate('signIn.tooMany', { seconds: this.wait.left() });
    return this.problemText.line(problem);
  });
  protected readonly ask = (): Promise<unknown> => this.user.setupState();

  protected async signIn(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (this.isBusy() || this.wait.left() > 0 || !this.fields().valid()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    try {
      const { code, ...known } = this.draft();
      await this.user.signIn(this.asksCode() ? { ...known, code } : known);
      this.startAgain();
      this.signedIn.emit();
    } catch (error) {
      this.refuse(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  protected startAgain(): void {
    this.asksCode.set(false);
    this.trouble.set(null);
    this.fields().reset(NOTHING);
  }

  private refuse(problem: Problem): void {
    const isNeeded = problem.code === 'identity/second-factor-needed';
    const isWrong = problem.code === 'identity/wrong-second-factor';
    if (isNeeded || isWrong) this.fields.code().reset('');
    // A password that was changed meanwhile leads back to the first step.
    if (problem.status === 401) this.asksCode.set(isNeeded || isWrong);
    if (problem.status === 429) this.wait.start(problem.retryAfter ?? 0);
    if (!isNeeded) this.trouble.set(problem);
  }
}
