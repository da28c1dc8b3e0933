import { Component, inject, input, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { toProblem } from '../data/problem.js';
import { ProblemText } from '../data/problem-text.js';
import { Formats } from '../i18n/formats.js';
import { Confirm } from './confirm.js';
import { Control, Field } from './field.js';
import { ShownSecret } from './shown-secret.js';
import { Toasts } from './toasts.js';
import { Writes } from './writes.js';
import { Icon } from './icon/icon.js';

/** A key or token without its value. */
export interface SecretRow {
  readonly id: string;
  readonly name: string;
  readonly last_four: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

/** Keys or tokens: what there is, a new one whose value is shown once, revoking with a question before. */
@Component({
  selector: 'oa-secret-list',
  imports: [Control, Field, Icon, ShownSecret, TranslocoDirective, Writes],
  templateUrl: './secret-list.html',
  styleUrl: './secret-list.css',
})
export class SecretList {
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  protected readonly formats = inject(Formats);
  readonly rows = input.required<readonly SecretRow[]>();
  /** Said in place of the table while there are none. */
  readonly empty = input.required<string>();
  readonly mayChange = input(true);
  /** An example of a purpose, for the empty field. */
  readonly example = input('');
  /** Makes one and answers its value. */
  readonly create = input.required<(name: string) => Promise<string>>();
  readonly revoke = input.required<(id: string) => Promise<void>>();

  protected readonly name = signal('');
  protected readonly isBusy = signal(false);
  /** Gone with the dialog. */
  protected readonly shown = signal<string | null>(null);

  protected async make(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.name().trim();
    if (!name || this.isBusy()) return;
    this.isBusy.set(true);
    try {
      this.shown.set(await this.create()(name));
      this.name.set('');
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
  }

  protected async end({ id, name }: SecretRow): Promise<void> {
    const text = (key: string): string => this.transloco.translate(`secrets.${key}`, { name });
    const isSure = await this.confirm.ask({
      title: text('revokeTitle'),
      text: text('revokeText'),
      confirm: text('revoke'),
      isDangerous: true,
    });
    if (!isSure) return;
    try {
      await this.revoke()(id);
      this.toasts.done(text('revoked'));
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
  }
}
