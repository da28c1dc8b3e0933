import { Component, inject, output, signal } from '@angular/core';
import { form, FormField, required } from '@angular/forms/signals';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { LucideCircleAlert } from '@lucide/angular';
import { CurrentUser } from '../shared/data/current-user.js';
import { FieldErrors } from '../shared/data/field-errors.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Control, Field } from '../shared/ui/field.js';
import { PasswordInput } from '../shared/ui/password-input.js';

/** E-mail and password; the error does not say which of the two is wrong. */
@Component({
  selector: 'oa-sign-in-form',
  imports: [Control, Field, FormField, LucideCircleAlert, PasswordInput, TranslocoPipe],
  template: `
    <form novalidate (submit)="signIn($event)">
      @if (failure()) {
        <p class="oa-notice danger" role="alert"><svg lucideCircleAlert></svg>{{ failure() }}</p>
      }
      <oa-field [label]="'signIn.email' | transloco" [error]="errors.of(fields.email())">
        <input oaControl type="email" autocomplete="username" [formField]="fields.email" />
      </oa-field>
      <oa-field [label]="'signIn.password' | transloco" [error]="errors.of(fields.password())">
        <oa-password-input autocomplete="current-password" [formField]="fields.password" />
      </oa-field>
      <button class="oa-button primary" type="submit" [attr.aria-busy]="isBusy()">
        {{ 'signIn.submit' | transloco }}
      </button>
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
  protected readonly errors = inject(FieldErrors);
  readonly signedIn = output();

  private readonly draft = signal({ email: '', password: '' });
  protected readonly fields = form(this.draft, (path) => {
    required(path.email);
    required(path.password);
  });
  protected readonly isBusy = signal(false);
  protected readonly failure = signal('');

  protected async signIn(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (this.isBusy() || !this.fields().valid()) return;
    this.isBusy.set(true);
    this.failure.set('');
    try {
      await this.user.signIn(this.draft());
      this.draft.set({ email: '', password: '' });
      this.signedIn.emit();
    } catch (error) {
      const problem = toProblem(error);
      this.failure.set(
        problem.status === 401 ? this.transloco.translate('signIn.wrong') : this.problemText.line(problem),
      );
    } finally {
      this.isBusy.set(false);
    }
  }
}
