// The contract's classes need it; it has to be the first import.
import '../../shared/data/no-metadata.js';
import { Component, inject, output, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { TranslocoDirective } from '@jsverse/transloco';
import { CreateUserDto, type InvitedUserDto, ROLE, type Role } from '@opsagent/contracts';
import { FieldErrors } from '../../shared/data/field-errors.js';
import { validateDto } from '../../shared/data/form-rules.js';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { Control, Field } from '../../shared/ui/field.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { Writes } from '../../shared/ui/writes.js';
import { UserClient } from '../user-client.js';

/** Invites somebody: who, and as what. */
@Component({
  selector: 'oa-invite-dialog',
  imports: [Control, Dialog, Field, FormField, Icon, TranslocoDirective, Writes],
  template: `
    <oa-dialog *transloco="let t" [heading]="t('users.inviteTitle')" (dismissed)="dismissed.emit()">
      <form id="oa-invite-form" novalidate (submit)="invite($event)">
        <oa-field [label]="t('users.email')" [error]="errors.of(fields.email())">
          <input oaControl data-first type="email" autocomplete="off" [formField]="fields.email" />
        </oa-field>
        <oa-field [label]="t('users.role')" [hint]="t('users.roleTexts.' + draft().role)">
          <select oaControl [formField]="fields.role">
            @for (role of roles; track role) {
              <option [value]="role">{{ t('roles.' + role) }}</option>
            }
          </select>
        </oa-field>
        @if (failure()) {
          <p class="oa-notice danger" role="alert"><svg oaIcon="circle-x"></svg>{{ failure() }}</p>
        }
      </form>
      <ng-container actions>
        <button class="oa-button" type="button" (click)="dismissed.emit()">{{ t('common.cancel') }}</button>
        <button oaWrites class="oa-button primary" type="submit" form="oa-invite-form" [attr.aria-busy]="isBusy()">
          {{ t('users.makeLink') }}
        </button>
      </ng-container>
    </oa-dialog>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class InviteDialog {
  private readonly client = inject(UserClient);
  private readonly problemText = inject(ProblemText);
  protected readonly errors = inject(FieldErrors);
  readonly invited = output<InvitedUserDto>();
  readonly dismissed = output();

  protected readonly roles = ROLE.values;
  protected readonly draft = signal<{ email: string; role: Role }>({ email: '', role: 'operator' });
  protected readonly fields = form(this.draft, (path) => validateDto(path, CreateUserDto, trimmed));
  protected readonly isBusy = signal(false);
  protected readonly failure = signal('');

  protected async invite(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (this.isBusy() || !this.fields().valid()) return;
    this.isBusy.set(true);
    this.failure.set('');
    try {
      this.invited.emit(await this.client.create(trimmed(this.draft())));
    } catch (error) {
      this.failure.set(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
  }
}

function trimmed({ email, role }: CreateUserDto): CreateUserDto {
  return { email: email.trim(), role };
}
