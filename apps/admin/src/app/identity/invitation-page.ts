// The contract's classes need it; it has to be the first import.
import '../shared/data/no-metadata.js';
import { Component, computed, inject, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { AcceptInvitationDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { FieldErrors } from '../shared/data/field-errors.js';
import { validateDto } from '../shared/data/form-rules.js';
import { isUnreachable, type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { strengthOf } from '../shared/data/secret-strength.js';
import { Language } from '../shared/i18n/language.js';
import { Control, Field } from '../shared/ui/field.js';
import { Gate } from '../shared/ui/gate.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { PasswordInput } from '../shared/ui/password-input.js';
import { Unreachable } from '../shared/ui/unreachable.js';
import { OidcLink } from './ui/oidc-link.js';

const NOTHING = { name: '', password: '' };

/** What the link of an invitation opens: a password is chosen, and one is in. */
@Component({
  selector: 'oa-invitation-page',
  imports: [
    Control,
    Field,
    FormField,
    Gate,
    Icon,
    OidcLink,
    PasswordInput,
    RouterLink,
    TranslocoDirective,
    Unreachable,
  ],
  templateUrl: './invitation-page.html',
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class InvitationPage {
  private readonly user = inject(CurrentUser);
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly language = inject(Language);
  protected readonly errors = inject(FieldErrors);

  /** Behind the `#`, which browsers send to nobody. */
  private readonly invitation = location.hash.slice(1);
  private readonly draft = signal(NOTHING);
  protected readonly fields = form(this.draft, (path) =>
    validateDto(path, AcceptInvitationDto, (draft) => this.inputOf(draft)),
  );
  protected readonly strength = computed(() => strengthOf(this.draft().password));
  protected readonly isBusy = signal(false);
  protected readonly trouble = signal<Problem | null>(null);
  /** Used, run out, or cut off when it was copied: there is nothing to do here any more. */
  protected readonly isInvalid = computed(
    () => this.invitation === '' || this.trouble()?.code === 'identity/invitation-invalid',
  );
  /** What signs people in where no password does. */
  protected readonly onlyProvider = computed(() => {
    const setup = this.user.setup();
    return setup?.password_sign_in === false ? setup.oidc_name : null;
  });
  protected readonly gone = computed(() => {
    const problem = this.trouble();
    return problem && isUnreachable(problem) ? problem : null;
  });
  protected readonly failure = computed(() => {
    this.language.active();
    const problem = this.trouble();
    return problem ? this.transloco.translate<string>('identity.invitation.failed', this.problemText.of(problem)) : '';
  });
  protected readonly ask = (): Promise<unknown> => this.user.setupState();

  constructor() {
    // Without an answer there is the form, which says so when it is used.
    if (this.user.setup() === null) this.user.setupState().catch(() => undefined);
  }

  protected async accept(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (this.isBusy() || !this.fields().valid()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    try {
      const isIn = await this.user.acceptInvitation(this.inputOf(this.draft()));
      this.draft.set(NOTHING);
      await this.router.navigateByUrl(isIn ? '/' : '/login', { replaceUrl: true });
    } catch (error) {
      this.trouble.set(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  /** A name left empty changes none. */
  private inputOf({ name, password }: typeof NOTHING): AcceptInvitationDto {
    return { invitation: this.invitation, password, ...(name.trim() && { name: name.trim() }) };
  }
}
