import { Component, computed, inject, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { TotpSecretDto } from '@opsagent/contracts';
import { CopyButton } from '../../shared/ui/copy-button.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { Field } from '../../shared/ui/field.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { PasswordInput } from '../../shared/ui/password-input.js';
import { Writes } from '../../shared/ui/writes.js';
import { CodeInput } from '../ui/code-input.js';
import { RecoveryCodes } from './recovery-codes.js';
import { Attempt } from './attempt.js';
import { TotpQr } from './totp-qr.js';
import { TwoFactorClient } from './two-factor-client.js';

/** Switches the second factor on: the password, the app and its first code, and the recovery codes to keep. */
@Component({
  selector: 'oa-turn-on-dialog',
  imports: [
    CodeInput,
    CopyButton,
    Dialog,
    Field,
    Icon,
    PasswordInput,
    RecoveryCodes,
    TotpQr,
    TranslocoDirective,
    Writes,
  ],
  templateUrl: './turn-on-dialog.html',
  styleUrl: './two-factor-form.css',
})
export class TurnOnDialog {
  private readonly client = inject(TwoFactorClient);
  /** With whether it is on now. */
  readonly closed = output<boolean>();

  protected readonly attempt = new Attempt();
  protected readonly password = signal('');
  protected readonly code = signal('');
  protected readonly secret = signal<TotpSecretDto | null>(null);
  protected readonly codes = signal<readonly string[] | null>(null);
  /** In groups of four, as one types it. */
  protected readonly groups = computed(() => this.secret()?.secret.replaceAll(/.{4}(?=.)/g, '$& ') ?? '');

  protected start(event: Event): void {
    event.preventDefault();
    void this.attempt.run({ current_password: this.password() }, async () => {
      this.secret.set(await this.client.start(this.password()));
      this.password.set('');
    });
  }

  protected confirm(event: Event): void {
    event.preventDefault();
    void this.attempt.run({ code: this.code() }, async () => {
      this.codes.set(await this.client.confirm(this.code()));
      this.secret.set(null);
    });
  }

  /** The codes go only when they are said to be kept. */
  protected dismiss(): void {
    if (this.codes() === null) this.closed.emit(false);
  }
}
