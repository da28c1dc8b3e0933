// The contract's classes need it; it has to be the first import.
import '../shared/data/no-metadata.js';
import { Component, computed, inject, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { SetupDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { FieldErrors } from '../shared/data/field-errors.js';
import { validateDto } from '../shared/data/form-rules.js';
import { isUnreachable, type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { strengthOf } from '../shared/data/secret-strength.js';
import { Language } from '../shared/i18n/language.js';
import { Control, Field } from '../shared/ui/field.js';
import { PasswordInput } from '../shared/ui/password-input.js';
import { Unreachable } from '../shared/ui/unreachable.js';
import { Icon } from '../shared/ui/icon/icon.js';

const NOTHING = { code: '', email: '', name: '', password: '' };

/** Creates the first administrator; the printed code keeps strangers out of a fresh installation. */
@Component({
  selector: 'oa-account-step',
  imports: [Control, Field, FormField, Icon, PasswordInput, TranslocoDirective, Unreachable],
  templateUrl: './account-step.html',
  styles: `
    :host,
    form {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class AccountStep {
  private readonly user = inject(CurrentUser);
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly language = inject(Language);
  protected readonly errors = inject(FieldErrors);

  private readonly draft = signal(NOTHING);
  protected readonly fields = form(this.draft, (path) => validateDto(path, SetupDto, trimmed));
  protected readonly isBusy = signal(false);
  protected readonly trouble = signal<Problem | null>(null);
  protected readonly gone = computed(() => {
    const problem = this.trouble();
    return problem && isUnreachable(problem) ? problem : null;
  });
  protected readonly failure = computed(() => {
    this.language.active();
    const problem = this.trouble();
    if (!problem) return '';
    const { title, cause, action } = this.problemText.of(problem);
    return this.transloco.translate('setup.account.failed', { title, cause, action });
  });
  protected readonly strength = computed(() => strengthOf(this.draft().password));

  constructor() {
    void this.check().catch((error: unknown) => this.trouble.set(toProblem(error)));
  }

  protected async setUp(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (this.isBusy() || !this.fields().valid()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    try {
      await this.user.setUp(trimmed(this.draft()));
      this.draft.set(NOTHING);
      await this.router.navigateByUrl('/setup/model');
    } catch (error) {
      this.trouble.set(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  /** Somebody else may have finished this step meanwhile. */
  protected readonly check = async (): Promise<void> => {
    const { needed } = await this.user.setupState();
    if (!needed) await this.router.navigateByUrl('/login');
  };
}

function trimmed({ code, email, name, password }: typeof NOTHING): SetupDto {
  return { code: code.trim(), email: email.trim(), password, name: name.trim() || null };
}
