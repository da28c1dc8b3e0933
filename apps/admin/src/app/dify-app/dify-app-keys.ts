import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { AppDto, AppKeyDto, CreatedAppKeyDto } from '@opsagent/contracts';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { CopyButton } from '../shared/ui/copy-button.js';
import { Control, Field } from '../shared/ui/field.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { ShownSecret } from '../shared/ui/shown-secret.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { DifyAppClient } from './dify-app-client.js';
import { AppKeyTable } from './ui/app-key-table.js';
import { RotateKeyDialog } from './ui/rotate-key-dialog.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The keys of one app: a new one is shown once, an old one can be replaced or revoked. */
@Component({
  selector: 'oa-dify-app-keys',
  imports: [
    AppKeyTable,
    Control,
    CopyButton,
    Field,
    Icon,
    RotateKeyDialog,
    ShownSecret,
    State,
    TranslocoDirective,
    Writes,
  ],
  templateUrl: './dify-app-keys.html',
  styleUrl: './dify-app-keys.css',
})
export class DifyAppKeys {
  private readonly client = inject(DifyAppClient);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  readonly app = input.required<AppDto>();
  readonly mayChange = input(false);

  protected readonly address = `${location.origin}/v1`;
  protected readonly keys = this.client.keys(() => this.app().id);
  protected readonly lives = [30, 90, 365] as const;
  protected readonly name = signal('');
  /** In days; null never ends. */
  protected readonly life = signal<number | null>(null);
  protected readonly isBusy = signal(false);
  protected readonly rotating = signal<AppKeyDto | null>(null);
  /** Gone with the dialog. */
  protected readonly shown = signal<string | null>(null);
  protected readonly file = computed(() => ({
    name: '.env',
    text: `OPSAGENT_URL=${this.address}\nOPSAGENT_API_KEY=${this.shown() ?? ''}\n`,
  }));
  protected readonly problem = computed(() => {
    const error = this.keys.error();
    return error ? toProblem(error) : null;
  });

  protected chooseLife(value: string): void {
    this.life.set(value === '' ? null : Number(value));
  }

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    const [name, days] = [this.name().trim(), this.life()];
    if (!name) return;
    const expires_at = days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString();
    if (await this.show(() => this.client.createKey(this.app().id, { name, expires_at }))) this.name.set('');
  }

  protected async rotate(key: AppKeyDto, hours: number): Promise<void> {
    this.rotating.set(null);
    await this.show(() => this.client.rotateKey(this.app().id, key.id, hours));
  }

  protected async revoke({ id, name }: AppKeyDto): Promise<void> {
    const text = (key: string): string => this.transloco.translate(`secrets.${key}`, { name });
    const isSure = await this.confirm.ask({
      ...{ title: text('revokeTitle'), text: text('revokeText'), confirm: text('revoke') },
      ...{ isDangerous: true, typed: name },
    });
    if (!isSure) return;
    try {
      await this.client.revokeKey(this.app().id, id);
      this.toasts.done(text('revoked'));
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
    this.keys.reload();
  }

  /** True when there is a new key to show. */
  private async show(make: () => Promise<CreatedAppKeyDto>): Promise<boolean> {
    if (this.isBusy()) return false;
    this.isBusy.set(true);
    try {
      this.shown.set((await make()).key);
      this.keys.reload();
      return true;
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
      return false;
    } finally {
      this.isBusy.set(false);
    }
  }
}
