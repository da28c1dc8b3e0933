import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { LlmConfigExportDto, TransferFormat } from '@opsagent/contracts';
import { saveFile } from '../../shared/data/save-file.js';
import { Sending } from '../../shared/data/sending.js';
import { strengthOf } from '../../shared/data/secret-strength.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { Field } from '../../shared/ui/field.js';
import { PasswordInput } from '../../shared/ui/password-input.js';
import { TransferClient } from './transfer-client.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** More of a long file is no better preview. */
const PREVIEW_CHARACTERS = 20_000;

/** Which configurations can be exported, by their ids; null means all there are. */
export interface ExportScope {
  readonly name: 'selected' | 'filtered' | 'all';
  readonly ids: readonly string[] | null;
  readonly count: number;
}

/** Makes a file of configurations, shows it, and saves it. Keys stay out unless a passphrase seals them. */
@Component({
  selector: 'oa-export-dialog',
  imports: [TranslocoDirective, Icon, Dialog, Field, PasswordInput],
  templateUrl: './export-dialog.html',
  styleUrl: './export-dialog.css',
})
export class ExportDialog {
  private readonly client = inject(TransferClient);
  protected readonly formats = inject(Formats);
  /** From the narrowest to all. */
  readonly scopes = input.required<readonly ExportScope[]>();
  readonly dismissed = output();

  protected readonly scope = linkedSignal(() => this.scopes()[0]);
  protected readonly format = signal<TransferFormat>('yaml');
  protected readonly withKeys = signal(false);
  protected readonly passphrase = signal('');
  protected readonly strength = computed(() => strengthOf(this.passphrase()));
  /** What was asked for; another choice makes the file void. */
  private readonly wish = computed(() => ({
    ids: this.scope().ids && [...this.scope().ids!],
    format: this.format(),
    passphrase: this.withKeys() ? this.passphrase() : null,
  }));
  protected readonly made = linkedSignal<unknown, LlmConfigExportDto | null>({
    source: this.wish,
    computation: () => null,
  });
  protected readonly preview = computed(() => this.made()?.content.slice(0, PREVIEW_CHARACTERS) ?? '');
  protected readonly sending = new Sending();
  protected readonly isReady = computed(() => !this.withKeys() || this.strength() !== 'short');

  protected choose(name: string): void {
    const chosen = this.scopes().find((scope) => scope.name === name);
    if (chosen) this.scope.set(chosen);
  }

  protected async make(): Promise<void> {
    const wish = this.wish();
    await this.sending.run(async () => {
      const made = await this.client.export(wish);
      if (wish === this.wish()) this.made.set(made);
    });
  }

  protected save({ filename, content }: LlmConfigExportDto): void {
    saveFile(filename, content);
    this.dismissed.emit();
  }
}
