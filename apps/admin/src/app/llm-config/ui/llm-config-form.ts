import { afterNextRender, Component, computed, ElementRef, inject, input, model, output, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { LucideExternalLink, LucideTriangleAlert } from '@lucide/angular';
import type { LlmConfigDto, ProviderDto } from '@opsagent/contracts';
import { FieldErrors } from '../../shared/data/field-errors.js';
import type { Problem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Control, Field } from '../../shared/ui/field.js';
import { PasswordInput } from '../../shared/ui/password-input.js';
import { calledUrl, foreignKey, isPlainHttp } from '../../shared/data/key-hints.js';
import type { LlmConfigDraft } from '../llm-config-draft.js';
import { keepsKey, llmConfigRules } from '../llm-config-rules.js';
import { type FoundConfig, pastedConfig } from '../paste/pasted-config.js';
import { nearestModel } from '../model-hints.js';
import { PasteFill } from './paste-fill.js';
import { ProviderTiles } from '../../shared/ui/provider-tiles.js';

/** The fields of a configuration; they follow the provider. */
@Component({
  selector: 'oa-llm-config-form',
  imports: [
    Control,
    Field,
    FormField,
    LucideExternalLink,
    LucideTriangleAlert,
    PasswordInput,
    PasteFill,
    ProviderTiles,
    TranslocoDirective,
  ],
  templateUrl: './llm-config-form.html',
  styleUrl: './llm-config-form.css',
})
export class LlmConfigForm {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly transloco = inject(TranslocoService);
  private readonly fieldErrors = inject(FieldErrors);
  private readonly problemText = inject(ProblemText);
  readonly providers = input.required<readonly ProviderDto[]>();
  /** The stored configuration, when one is edited. */
  readonly loaded = input<LlmConfigDto | null>(null);
  readonly draft = model.required<LlmConfigDraft>();
  /** What the server refused, by field; a change of the field makes it void. */
  readonly refused = model<ReadonlyMap<string, string>>(new Map());
  /** The models that the provider says it has; empty while it was not asked. */
  readonly models = input<readonly string[]>([]);
  readonly modelsFault = input<Problem | null>(null);
  readonly isAskingModels = input(false);
  readonly modelsAsked = output();
  readonly submitted = output();

  protected readonly provider = computed(() => this.providers().find(({ id }) => id === this.draft().provider));
  protected readonly fields = form(this.draft, (path) =>
    llmConfigRules(path, { provider: this.provider, loaded: this.loaded }),
  );
  protected readonly isKeyKept = computed(() => keepsKey(this.loaded(), this.draft().provider, this.draft().base_url));
  protected readonly isPlainHttp = computed(() => isPlainHttp(this.draft().base_url.trim()));
  protected readonly foreignKey = computed(() => foreignKey(this.draft().api_key, this.provider(), this.providers()));
  protected readonly nearest = computed(() => nearestModel(this.draft().model_name, this.models()));
  /** Nothing can be listed without a key where one is needed, nor before the address is known. */
  protected readonly mayAskModels = computed(() => {
    const { api_key, base_url } = this.draft();
    const provider = this.provider();
    const hasKey = provider?.key_required === false || api_key.trim() !== '' || this.isKeyKept();
    return hasKey && (provider?.default_base_url !== null || base_url.trim() !== '');
  });
  protected readonly wasTrimmed = signal(false);
  protected readonly pasted = signal<string | null>(null);
  protected readonly announced = signal('');
  protected readonly extraExample = '{ "thinking": "off" }';

  constructor() {
    // A new configuration begins with its name; one that is edited is looked at first.
    afterNextRender(() => !this.loaded() && this.fields.name().focusBoundControl());
  }

  /** True when everything may be sent; otherwise the first wrong field has the focus and the count is announced. */
  check(): boolean {
    const root = this.fields();
    root.markAsTouched();
    const errors = root.errorSummary();
    if (errors.length === 0) return true;
    this.announced.set(this.transloco.translate('validation.summary', { count: errors.length }));
    this.unfoldInvalid();
    errors[0]?.fieldTree().focusBoundControl();
    return false;
  }

  /** For whoever says that the key is wrong. */
  focusKey(): void {
    this.fields.api_key().focusBoundControl();
  }

  protected errorOf(name: keyof LlmConfigDraft): string {
    return this.refused().get(name) ?? this.fieldErrors.of(this.fields[name]());
  }

  protected touch(name: keyof LlmConfigDraft): void {
    if (!this.refused().has(name)) return;
    this.refused.update((refused) => new Map([...refused].filter(([field]) => field !== name)));
  }

  /** A new provider brings its own example and address; what the user typed himself stays. */
  protected chooseProvider(next: ProviderDto): void {
    const before = this.provider();
    this.draft.update((draft) => ({
      ...draft,
      provider: next.id,
      model_name:
        !draft.model_name || draft.model_name === before?.example_model ? next.example_model : draft.model_name,
      base_url: before?.addresses.some(({ url }) => url === draft.base_url) ? '' : draft.base_url,
      is_embedding: draft.is_embedding && next.has_embeddings,
    }));
    this.touch('provider');
  }

  protected chooseModel(name: string): void {
    this.draft.update((draft) => ({ ...draft, model_name: name }));
    this.touch('model_name');
  }

  protected lineOf(problem: Problem): string {
    return this.problemText.line(problem);
  }

  protected chooseAddress(url: string): void {
    this.draft.update((draft) => ({ ...draft, base_url: url }));
    this.touch('base_url');
  }

  /** A whole command in a single field is looked at first. @returns whether it was one */
  protected pasteText(event: ClipboardEvent): boolean {
    const text = event.clipboardData?.getData('text') ?? '';
    if (!/\s|=/.test(text.trim()) || !pastedConfig(text, this.providers())) return false;
    event.preventDefault();
    this.pasted.set(text);
    return true;
  }

  protected fill(found: FoundConfig): void {
    const provider = this.providers().find(({ id }) => id === found.provider);
    if (provider && provider.id !== this.draft().provider) this.chooseProvider(provider);
    const { base_url, ...others } = found;
    // The provider's own address needs no entry.
    const isOwn = base_url === undefined || base_url === this.provider()?.default_base_url;
    this.draft.update((draft) => ({ ...draft, ...others, ...(isOwn ? {} : { base_url }) }));
    this.refused.set(new Map());
  }

  /** Pasted keys carry blanks and line ends; they go, and the form says so. */
  protected pasteKey(event: ClipboardEvent): void {
    if (this.pasteText(event)) return;
    const pasted = event.clipboardData?.getData('text') ?? '';
    const key = pasted.replace(/\s+/g, '');
    this.wasTrimmed.set(key !== pasted);
    if (key === pasted) return;
    event.preventDefault();
    this.draft.update((draft) => ({ ...draft, api_key: key }));
    this.touch('api_key');
  }

  protected hintOfModel(): string {
    const provider = this.provider();
    if (!provider) return '';
    const key = provider.has_endpoint_ids ? 'modelHintEndpoint' : 'modelHint';
    return this.transloco.translate(`configs.form.${key}`, { example: provider.example_model });
  }

  protected hintOfBaseUrl(): string {
    const provider = this.provider();
    if (!provider) return '';
    const called = calledUrl(this.draft().base_url, provider, this.draft().is_embedding);
    if (called) return this.transloco.translate('configs.form.baseUrlFull', { url: called });
    if (provider.default_base_url === null) return this.transloco.translate('configs.form.baseUrlNeeded');
    return this.transloco.translate('configs.form.baseUrlHint', { url: provider.default_base_url });
  }

  protected hintOfKey(): string {
    if (this.wasTrimmed()) return this.transloco.translate('configs.form.keyTrimmed');
    const loaded = this.loaded();
    if (!loaded?.has_api_key) return this.transloco.translate('configs.form.keyHint');
    if (!this.isKeyKept()) return this.transloco.translate('configs.form.keyAgain');
    const masked = loaded.api_key_masked ?? this.transloco.translate('configs.keyStored');
    return this.transloco.translate('configs.form.keyKept', { masked });
  }

  /** A wrong field inside a fold has to be seen. */
  private unfoldInvalid(): void {
    const names = [
      'max_tokens',
      'temperature',
      'top_p',
      'frequency_penalty',
      'presence_penalty',
      'extra_config',
    ] as const;
    const isInside = names.some((name) => this.fields[name]().invalid() || this.refused().has(name));
    const fold = this.host.querySelector('details');
    if (isInside && fold) fold.open = true;
  }
}
