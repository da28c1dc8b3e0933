// The contract's classes need it; it has to be the first import.
import 'reflect-metadata';
import { Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { LucideCircleAlert } from '@lucide/angular';
import { SetupDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { FieldErrors } from '../shared/data/field-errors.js';
import { validateDto } from '../shared/data/form-rules.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Control, Field } from '../shared/ui/field.js';
import { PasswordInput } from '../shared/ui/password-input.js';
import { Gate } from './gate.js';

const RETRY_MS = 5000;

/** Creates the first administrator; the printed code keeps strangers out of a fresh installation. */
@Component({
  selector: 'oa-setup-page',
  imports: [Control, Field, FormField, Gate, LucideCircleAlert, PasswordInput, TranslocoDirective],
  templateUrl: './setup-page.html',
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class SetupPage {
  private readonly user = inject(CurrentUser);
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly errors = inject(FieldErrors);

  private readonly draft = signal({ code: '', email: '', password: '' });
  protected readonly fields = form(this.draft, (path) => validateDto(path, SetupDto, trimmed));
  protected readonly isBusy = signal(false);
  protected readonly isUnreachable = signal(false);
  protected readonly failure = signal('');
  protected readonly strength = computed(() => strengthOf(this.draft().password));

  constructor() {
    void this.check();
    const timer = setInterval(() => this.isUnreachable() && void this.check(), RETRY_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected async setUp(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (this.isBusy() || !this.fields().valid()) return;
    this.isBusy.set(true);
    this.failure.set('');
    try {
      await this.user.setUp(trimmed(this.draft()));
      this.draft.set({ code: '', email: '', password: '' });
      await this.router.navigateByUrl('/configs');
    } catch (error) {
      this.failure.set(this.sentence(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  /** Somebody else may have finished the set-up; a silent server is asked again. */
  private async check(): Promise<void> {
    try {
      const { needed } = await this.user.setupState();
      this.isUnreachable.set(false);
      if (!needed) await this.router.navigateByUrl('/login');
    } catch {
      this.isUnreachable.set(true);
    }
  }

  private sentence(error: unknown): string {
    const { title, cause, action } = this.problemText.of(toProblem(error));
    return this.transloco.translate('identity.setup.failed', { title, cause, action });
  }
}

function trimmed(draft: SetupDto): SetupDto {
  return { code: draft.code.trim(), email: draft.email.trim(), password: draft.password };
}

/** In words, from length and variety; the server has the last say. */
function strengthOf(password: string): 'short' | 'fair' | 'good' | 'strong' {
  if (password.length < 12) return 'short';
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  const score = password.length + kinds * 3;
  return score >= 28 ? 'strong' : score >= 20 ? 'good' : 'fair';
}
