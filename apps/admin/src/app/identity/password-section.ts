// The contract's classes need it; it has to be the first import.
import '../shared/data/no-metadata.js';
import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ChangePasswordDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { CurrentUser } from '../shared/data/current-user.js';
import { FieldErrors } from '../shared/data/field-errors.js';
import { validateDto } from '../shared/data/form-rules.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { strengthOf } from '../shared/data/secret-strength.js';
import { Language } from '../shared/i18n/language.js';
import { Field } from '../shared/ui/field.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { PasswordInput } from '../shared/ui/password-input.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';

const NOTHING = { current_password: '', password: '' };
const WRONG = 'identity/wrong-password';

/** Changes one's own password, which signs every other browser out. */
@Component({
  selector: 'oa-password-section',
  imports: [Field, FormField, Icon, PasswordInput, TranslocoDirective, Writes],
  template: `
    <section class="oa-card" aria-labelledby="oa-password" *transloco="let t">
      <h2 id="oa-password">{{ t('identity.password.title') }}</h2>
      <p class="oa-muted">{{ t('identity.password.text') }}</p>
      <form novalidate (submit)="change($event)">
        <!-- Password managers look for whose password it is. -->
        <input hidden autocomplete="username" [value]="me()?.user?.email ?? ''" />
        <oa-field [label]="t('identity.password.current')" [error]="currentError()">
          <oa-password-input autocomplete="current-password" [formField]="fields.current_password" />
        </oa-field>
        <oa-field
          [label]="t('identity.password.new')"
          [hint]="t('identity.password.strength.' + (fields.password().value() ? strength() : 'none'))"
          [error]="errors.of(fields.password())"
        >
          <oa-password-input autocomplete="new-password" [formField]="fields.password" />
        </oa-field>
        @if (failure()) {
          <p class="oa-notice danger" role="alert"><svg oaIcon="circle-x"></svg>{{ failure() }}</p>
        }
        <button oaWrites class="oa-button" type="submit" [attr.aria-busy]="isBusy()">
          {{ t('identity.password.submit') }}
        </button>
      </form>
    </section>
  `,
  styles: `
    .oa-card {
      max-width: 720px;
      padding: var(--oa-space-5);
    }

    p {
      font: var(--oa-control);
    }

    form {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: var(--oa-space-5);
      margin-top: var(--oa-space-5);
    }

    oa-field {
      width: min(400px, 100%);
    }
  `,
})
export class PasswordSection {
  private readonly http = inject(HttpClient);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly language = inject(Language);
  protected readonly errors = inject(FieldErrors);
  protected readonly me = inject(CurrentUser).me;

  private readonly draft = signal(NOTHING);
  protected readonly fields = form(this.draft, (path) => validateDto(path, ChangePasswordDto));
  protected readonly strength = computed(() => strengthOf(this.draft().password));
  protected readonly isBusy = signal(false);
  private readonly trouble = signal<Problem | null>(null);
  private readonly problem = computed(() => {
    this.language.active();
    const problem = this.trouble();
    return problem && this.problemText.line(problem);
  });
  private readonly isWrong = computed(() => this.trouble()?.code === WRONG);
  protected readonly failure = computed(() => (this.isWrong() ? null : this.problem()));
  protected readonly currentError = computed(
    () => this.errors.of(this.fields.current_password()) || (this.isWrong() ? (this.problem() ?? '') : ''),
  );

  protected async change(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (this.isBusy() || !this.fields().valid()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    try {
      await firstValueFrom(this.http.put('/api/me/password', this.draft()));
      this.fields().reset(NOTHING);
      this.toasts.done(this.transloco.translate('identity.password.done'));
    } catch (error) {
      this.trouble.set(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
