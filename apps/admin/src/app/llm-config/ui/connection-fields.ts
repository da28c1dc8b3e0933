import { Component, computed, inject, input, output, signal } from '@angular/core';
import { type FieldTree, FormField } from '@angular/forms/signals';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto, ProviderDto } from '@opsagent/contracts';
import { FieldErrors } from '../../shared/data/field-errors.js';
import { calledUrl, foreignKey, isPlainHttp } from '../../shared/data/key-hints.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Control, Field } from '../../shared/ui/field.js';
import { PasswordInput } from '../../shared/ui/password-input.js';
import { addressHint } from '../address-hints.js';
import type { LlmConfigDraft } from '../llm-config-draft.js';
import { keepsKey } from '../llm-config-rules.js';
import { pastedConfig } from '../paste/pasted-config.js';
import { Icon } from '../../shared/ui/icon/icon.js';

type Connection = 'base_url' | 'api_key';

/** Where a model is asked and with which key, with everything that looks wrong about either. */
@Component({
  selector: 'oa-connection-fields',
  imports: [Control, Field, FormField, Icon, PasswordInput, TranslocoDirective],
  templateUrl: './connection-fields.html',
  styleUrl: './connection-fields.css',
})
export class ConnectionFields {
  private readonly transloco = inject(TranslocoService);
  private readonly fieldErrors = inject(FieldErrors);
  private readonly formats = inject(Formats);
  readonly fields = input.required<FieldTree<LlmConfigDraft>>();
  readonly provider = input.required<ProviderDto | undefined>();
  readonly providers = input.required<readonly ProviderDto[]>();
  /** The stored configuration, when one is edited. */
  readonly loaded = input<LlmConfigDto | null>(null);
  /** What the server refused, by field. */
  readonly refused = input<ReadonlyMap<string, string>>(new Map());
  readonly touched = output<Connection>();
  /** A whole command or block of settings was pasted into a single field. */
  readonly pastedText = output<string>();

  protected readonly baseUrl = computed(() => this.fields().base_url().value().trim());
  protected readonly key = computed(() => this.fields().api_key().value());
  protected readonly isPlainHttp = computed(() => isPlainHttp(this.baseUrl()));
  protected readonly foreignKey = computed(() => foreignKey(this.key(), this.provider(), this.providers()));
  protected readonly addressHint = computed(() => {
    const provider = this.provider();
    return provider ? addressHint(this.baseUrl(), provider) : null;
  });
  private readonly wasTrimmed = signal(false);

  protected errorOf(name: Connection): string {
    return this.refused().get(name) ?? this.fieldErrors.of(this.fields()[name]());
  }

  protected chooseAddress(url: string): void {
    this.put('base_url', url);
  }

  /** A whole command in a single field is looked at first. @returns whether it was one */
  protected pasteText(event: ClipboardEvent): boolean {
    const text = event.clipboardData?.getData('text') ?? '';
    if (!/\s|=/.test(text.trim()) || !pastedConfig(text, this.providers())) return false;
    event.preventDefault();
    this.pastedText.emit(text);
    return true;
  }

  /** Pasted keys carry blanks and line ends; they go, and the form says so. */
  protected pasteKey(event: ClipboardEvent): void {
    if (this.pasteText(event)) return;
    const pasted = event.clipboardData?.getData('text') ?? '';
    const key = pasted.replace(/\s+/g, '');
    this.wasTrimmed.set(key !== pasted);
    if (key === pasted) return;
    event.preventDefault();
    this.put('api_key', key);
  }

  protected hintOfAddress(): string {
    const provider = this.provider();
    if (!provider) return '';
    const called = calledUrl(
      this.baseUrl() || (provider.default_base_url ?? ''),
      provider,
      this.fields().is_embedding().value(),
    );
    if (called) return this.transloco.translate('configs.form.baseUrlFull', { url: called });
    return this.transloco.translate('configs.form.baseUrlNeeded');
  }

  protected hintOfKey(): string {
    const [loaded, text] = [this.loaded(), this.transloco];
    if (this.wasTrimmed()) return text.translate('configs.form.keyTrimmed');
    if (!loaded?.has_api_key) return text.translate('configs.form.keyHint');
    if (!keepsKey(loaded, this.fields().provider().value(), this.baseUrl()))
      return text.translate('configs.form.keyAgain');
    const masked = loaded.api_key_masked?.replace(/^.*…/, '…') ?? text.translate('configs.keyStored');
    const changedAt = loaded.details?.key_changed_at;
    if (!changedAt) return text.translate('configs.form.keyKept', { masked });
    return text.translate('configs.drawer.key.kept', { masked, age: this.formats.ago(changedAt) });
  }

  private put(name: Connection, value: string): void {
    this.fields()[name]().value.set(value);
    this.touched.emit(name);
  }
}
