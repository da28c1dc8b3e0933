// The contract's classes need it; it has to be the first import.
import '../../shared/data/no-metadata.js';
import { Component, inject, output, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { TranslocoDirective } from '@jsverse/transloco';
import { CreateUserDto, type InvitedUserDto, ROLE, type Role } from '@opsagent/contracts';
import { FieldErrors } from '../../shared/data/field-errors.js';
import { validateDto } from '../../shared/data/form-rules.js';
import { Sending } from '../../shared/data/sending.js';
import { Control, Field } from '../../shared/ui/field.js';
import { FormDialog } from '../../shared/ui/form-dialog.js';
import { UserClient } from '../user-client.js';

/** Invites somebody: who, and as what. */
@Component({
  selector: 'oa-invite-dialog',
  imports: [Control, Field, FormDialog, FormField, TranslocoDirective],
  template: `
    <oa-form-dialog
      *transloco="let t"
      [heading]="t('users.inviteTitle')"
      [action]="t('users.makeLink')"
      [sending]="sending"
      (sent)="invite()"
      (dismissed)="dismissed.emit()"
    >
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
    </oa-form-dialog>
  `,
})
export class InviteDialog {
  private readonly client = inject(UserClient);
  protected readonly errors = inject(FieldErrors);
  readonly invited = output<InvitedUserDto>();
  readonly dismissed = output();

  protected readonly roles = ROLE.values;
  protected readonly draft = signal<{ email: string; role: Role }>({ email: '', role: 'operator' });
  protected readonly fields = form(this.draft, (path) => validateDto(path, CreateUserDto, trimmed));
  protected readonly sending = new Sending();

  protected async invite(): Promise<void> {
    this.fields().markAsTouched();
    if (!this.fields().valid()) return;
    await this.sending.run(async () => this.invited.emit(await this.client.create(trimmed(this.draft()))));
  }
}

function trimmed({ email, role }: CreateUserDto): CreateUserDto {
  return { email: email.trim(), role };
}
