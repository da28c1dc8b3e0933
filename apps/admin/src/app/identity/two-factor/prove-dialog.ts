import { Component, inject, input, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Dialog } from '../../shared/ui/dialog.js';
import { Field } from '../../shared/ui/field.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { PasswordInput } from '../../shared/ui/password-input.js';
import { Writes } from '../../shared/ui/writes.js';
import { CodeInput } from '../ui/code-input.js';
import { RecoveryCodes } from './recovery-codes.js';
import { Attempt } from './attempt.js';
import { TwoFactorClient } from './two-factor-client.js';

/** Makes new recovery codes, or switches the second factor off; a code proves whose account it is. */
@Component({
  selector: 'oa-prove-dialog',
  imports: [CodeInput, Dialog, Field, Icon, PasswordInput, RecoveryCodes, TranslocoDirective, Writes],
  template: `
    <ng-container *transloco="let t">
      @if (codes(); as codes) {
        <oa-dialog [heading]="t('identity.twoFactor.codesTitle')" [closesOutside]="false">
          <oa-recovery-codes [codes]="codes" (kept)="closed.emit(true)" />
        </oa-dialog>
      } @else {
        <oa-dialog
          [heading]="t('identity.twoFactor.' + purpose() + '.title')"
          [closesOutside]="false"
          (dismissed)="closed.emit(false)"
        >
          <form novalidate (submit)="prove($event)">
            <p class="oa-muted">{{ t('identity.twoFactor.' + purpose() + '.text') }}</p>
            @if (attempt.line(); as line) {
              <p class="oa-notice danger" role="alert"><svg oaIcon="circle-alert"></svg>{{ line }}</p>
            }
            @if (purpose() === 'off') {
              <oa-field [label]="t('identity.twoFactor.password')" [error]="attempt.of('current_password')">
                <oa-password-input autocomplete="current-password" [(value)]="password" />
              </oa-field>
            }
            <oa-code-input [(value)]="code" [takesFocus]="purpose() === 'renew'" [error]="attempt.of('code')" />
            <div class="oa-dialog-actions">
              <button class="oa-button" type="button" (click)="closed.emit(false)">{{ t('common.cancel') }}</button>
              <button
                oaWrites
                class="oa-button"
                type="submit"
                [class.danger]="purpose() === 'off'"
                [class.primary]="purpose() === 'renew'"
                [attr.aria-busy]="attempt.isBusy()"
              >
                {{ t('identity.twoFactor.' + purpose() + '.confirm') }}
              </button>
            </div>
          </form>
        </oa-dialog>
      }
    </ng-container>
  `,
  styleUrl: './two-factor-form.css',
})
export class ProveDialog {
  private readonly client = inject(TwoFactorClient);
  readonly purpose = input.required<'renew' | 'off'>();
  /** With whether anything was changed. */
  readonly closed = output<boolean>();

  protected readonly attempt = new Attempt();
  protected readonly password = signal('');
  protected readonly code = signal('');
  protected readonly codes = signal<readonly string[] | null>(null);

  protected prove(event: Event): void {
    event.preventDefault();
    const [current_password, code] = [this.password(), this.code()];
    if (this.purpose() === 'renew')
      void this.attempt.run({ code }, async () => this.codes.set(await this.client.renewCodes(code)));
    else
      void this.attempt.run({ current_password, code }, async () => {
        await this.client.remove({ current_password, code });
        this.closed.emit(true);
      });
  }
}
