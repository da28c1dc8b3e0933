import {
  afterNextRender,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  model,
  output,
  signal,
  untracked,
} from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto, ModelFactsDto, ProviderDto } from '@opsagent/contracts';
import { FieldErrors } from '../../shared/data/field-errors.js';
import type { Problem } from '../../shared/data/problem.js';
import { Control, Field } from '../../shared/ui/field.js';
import { ChipsInput } from '../../shared/ui/chips-input.js';
import type { LlmConfigDraft } from '../llm-config-draft.js';
import { keepsKey, llmConfigRules } from '../llm-config-rules.js';
import { LlmConfigWords } from '../llm-config-words.js';
import type { FoundConfig } from '../paste/pasted-config.js';
import { settingErrors } from '../settings/settings.js';
import { AccessFields } from './access-fields.js';
import { ConnectionFields } from './connection-fields.js';
import { FallbackChain } from './fallback-chain.js';
import { LimitFields } from './limit-fields.js';
import { ModelField } from './model-field.js';
import { PasteFill } from './paste-fill.js';
import { ProviderTiles } from '../../shared/ui/provider-tiles.js';
import { ThinkingFields } from './thinking-fields.js';
import { Icon } from '../../shared/ui/icon/icon.js';

const PARAMETERS = [
  { name: 'max_tokens', label: 'configs.form.maxTokens', step: 1 },
  { name: 'temperature', label: 'configs.form.temperature', step: 0.1 },
  { name: 'top_p', label: 'configs.form.topP', step: 0.05 },
  { name: 'frequency_penalty', label: 'configs.form.frequencyPenalty', step: 0.1 },
  { name: 'presence_penalty', label: 'configs.form.presencePenalty', step: 0.1 },
] as const;

/** The fields of a configuration; they follow the provider. */
@Component({
  selector: 'oa-llm-config-form',
  imports: [
    AccessFields,
    ChipsInput,
    ConnectionFields,
    Control,
    FallbackChain,
    Field,
    FormField,
    LimitFields,
    Icon,
    ModelField,
    PasteFill,
    ProviderTiles,
    ThinkingFields,
    TranslocoDirective,
  ],
  templateUrl: './llm-config-form.html',
  styleUrl: './llm-config-form.css',
})
export class LlmConfigForm {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly transloco = inject(TranslocoService);
  private readonly fieldErrors = inject(FieldErrors);
  private readonly words = inject(LlmConfigWords);
  readonly providers = input.required<readonly ProviderDto[]>();
  /** The stored configuration, when one is edited. */
  readonly loaded = input<LlmConfigDto | null>(null);
  readonly draft = model.required<LlmConfigDraft>();
  /** What the server refused, by field; a change of the field makes it void. */
  readonly refused = model<ReadonlyMap<string, string>>(new Map());
  /** The models that the provider says it has; empty while it was not asked. */
  readonly models = input<readonly string[]>([]);
  /** What is known of the provider's models, by name. */
  readonly facts = input<ReadonlyMap<string, ModelFactsDto>>(new Map());
  readonly modelsFault = input<Problem | null>(null);
  readonly isAskingModels = input(false);
  /** True when what was listed is to be listed anew. */
  readonly modelsAsked = output<boolean>();
  readonly templateAsked = output();
  readonly submitted = output();

  protected readonly provider = computed(() => this.providers().find(({ id }) => id === this.draft().provider));
  protected readonly fields = form(this.draft, (path) =>
    llmConfigRules(path, { provider: this.provider, loaded: this.loaded }),
  );
  protected readonly isKeyKept = computed(() => keepsKey(this.loaded(), this.draft().provider, this.draft().base_url));
  protected readonly known = computed(() => this.facts().get(this.draft().model_name.trim()) ?? null);
  /** Nothing can be listed without a key where one is needed, nor before the address is known. */
  protected readonly mayAskModels = computed(() => {
    const { api_key, base_url } = this.draft();
    const provider = this.provider();
    const hasKey = provider?.key_required === false || api_key.trim() !== '' || this.isKeyKept();
    return hasKey && (provider?.default_base_url !== null || base_url.trim() !== '');
  });
  /** What its fold says while it is closed. */
  protected readonly accessWords = computed(() => this.words.accessOf(this.draft().access, this.loaded()));
  protected readonly parameters = PARAMETERS;
  protected readonly pasted = signal<string | null>(null);
  protected readonly announced = signal('');
  protected readonly extraExample = '{ "thinking": "off" }';

  constructor() {
    // A new configuration begins with its name; one that is edited is looked at first.
    afterNextRender(() => !this.loaded() && this.fields.name().focusBoundControl());
    effect(() => {
      if (this.refused().size > 0) untracked(() => this.unfoldInvalid());
    });
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

  protected fill(found: FoundConfig): void {
    const provider = this.providers().find(({ id }) => id === found.provider);
    if (provider && provider.id !== this.draft().provider) this.chooseProvider(provider);
    const { base_url, ...others } = found;
    // The provider's own address needs no entry.
    const isOwn = base_url === undefined || base_url === this.provider()?.default_base_url;
    this.draft.update((draft) => ({ ...draft, ...others, ...(isOwn ? {} : { base_url }) }));
    this.refused.set(new Map());
  }

  protected hintOfModel(): string {
    const provider = this.provider();
    if (!provider) return '';
    const key = provider.has_endpoint_ids ? 'modelHintEndpoint' : 'modelHint';
    return this.transloco.translate(`configs.form.${key}`, { example: provider.example_model });
  }

  protected hintOfParameter(name: (typeof PARAMETERS)[number]['name']): string {
    const provider = this.provider();
    const value = this.draft()[name];
    if (!provider || value === null) return '';
    if (provider.refused_parameters.includes(name)) return this.transloco.translate('configs.drawer.parameter.refused');
    const max = provider.max_temperature;
    const isTooHot = name === 'temperature' && value > max;
    return isTooHot ? this.transloco.translate('configs.drawer.parameter.tooHot', { max }) : '';
  }

  protected put<K extends keyof LlmConfigDraft>(name: K, value: LlmConfigDraft[K]): void {
    this.draft.update((draft) => ({ ...draft, [name]: value }));
    this.touch(name);
  }

  /** A wrong field inside a fold has to be seen. */
  private unfoldInvalid(): void {
    const isWrong = (name: keyof LlmConfigDraft): boolean => this.fields[name]().invalid() || this.refused().has(name);
    const wrong = {
      parameters: PARAMETERS.some(({ name }) => isWrong(name)) || isWrong('extra_config'),
      expert: isWrong('extra_config'),
      access: isWrong('access'),
      routing: isWrong('fallback_ids') || settingErrors(this.draft().extra_config).size > 0,
    };
    for (const [name, isInside] of Object.entries(wrong)) {
      const fold = this.host.querySelector<HTMLDetailsElement>(`[data-holds=${name}]`);
      if (isInside && fold) fold.open = true;
    }
  }
}
