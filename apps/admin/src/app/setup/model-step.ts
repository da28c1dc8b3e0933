import { Component, computed, effect, inject, linkedSignal, signal, untracked } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { ActivatedRoute, Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { LlmConfigDto, LlmProvider, ProviderDto } from '@opsagent/contracts';
import { FieldErrors } from '../shared/data/field-errors.js';
import { foreignKey } from '../shared/data/key-hints.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Control, Field } from '../shared/ui/field.js';
import { PasswordInput } from '../shared/ui/password-input.js';
import { ProviderTiles } from '../shared/ui/provider-tiles.js';
import { State } from '../shared/ui/state.js';
import { FoundModels } from './found-models.js';
import { ModelNames } from './model-names.js';
import { modelRules } from './model-rules.js';
import { SetupClient } from './setup-client.js';
import { type ModelDraft, SetupDraft } from './setup-draft.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** Stands in the list of models for a name that is written by hand. */
const BY_HAND = '';

/** The first provider: found by the server, on this machine, or any other with its key and model. */
@Component({
  selector: 'oa-model-step',
  imports: [Control, Field, FormField, FoundModels, Icon, PasswordInput, ProviderTiles, State, TranslocoDirective],
  providers: [ModelNames],
  templateUrl: './model-step.html',
  styleUrl: './model-step.css',
})
export class ModelStep {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly client = inject(SetupClient);
  private readonly kept = inject(SetupDraft);
  private readonly fieldErrors = inject(FieldErrors);
  private readonly problemText = inject(ProblemText);
  protected readonly models = inject(ModelNames);

  protected readonly providers = this.client.providers();
  protected readonly configs = this.client.configs();
  protected readonly problem = computed(() => {
    const error = this.providers.error() ?? this.configs.error();
    return error ? toProblem(error) : null;
  });
  /** The value of a failed reading must not be looked at. */
  private readonly known = computed(() => (this.providers.hasValue() ? this.providers.value() : []));
  protected readonly usable = computed(() =>
    this.configs.hasValue() ? this.configs.value().filter(({ is_active }) => is_active) : [],
  );

  /** In the address, so that a reload shows the same tile. */
  private readonly asked = signal(this.route.snapshot.queryParamMap.get('provider'));
  protected readonly provider = computed(() => this.known().find(({ id }) => id === this.asked()));
  protected readonly draft = linkedSignal<ModelDraft>(() => this.kept.model() ?? freshDraft(this.provider()));
  protected readonly fields = form(this.draft, (path) => modelRules(path, this.provider));
  protected readonly isByHand = signal(false);
  protected readonly other = computed(() => foreignKey(this.draft().api_key, this.provider(), this.known()));
  protected readonly listFault = computed(() => {
    const problem = this.models.problem();
    return problem && this.problemText.of(problem);
  });
  protected readonly byHand = BY_HAND;

  constructor() {
    // A server without a key can be asked at once, and so can one whose key was entered before.
    effect(() => this.provider() && untracked(() => this.look()));
  }

  protected errorOf(name: 'api_key' | 'base_url' | 'model_name'): string {
    return this.fieldErrors.of(this.fields[name]());
  }

  protected choose(provider: ProviderDto): void {
    if (provider.id === this.provider()?.id) return;
    this.kept.forget();
    this.models.forget();
    this.isByHand.set(false);
    this.asked.set(provider.id);
    this.draft.set(freshDraft(provider));
    this.fields().reset();
    const queryParams = { provider: provider.id };
    void this.router.navigate([], { relativeTo: this.route, queryParams, replaceUrl: true });
  }

  /** Asks for the models as soon as the provider can be asked. */
  protected look(): void {
    const provider = this.provider();
    const { api_key, base_url } = this.draft();
    const isReady = provider && !this.fields.api_key().invalid() && !this.fields.base_url().invalid();
    if (!isReady) return;
    const query = { api_key: api_key.trim() || null, base_url: base_url.trim() || null };
    this.models.ask(provider.id, query, (names) => this.suggest(provider, names));
  }

  /** Pasted keys carry blanks and line ends. */
  protected pasteKey(event: ClipboardEvent): void {
    event.preventDefault();
    const api_key = (event.clipboardData?.getData('text') ?? '').replace(/\s+/g, '');
    this.draft.update((draft) => ({ ...draft, api_key }));
    this.look();
  }

  protected pick(name: string): void {
    this.isByHand.set(name === BY_HAND);
    this.draft.update((draft) => ({ ...draft, model_name: name }));
  }

  protected async go(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (!this.fields().valid()) {
      this.fields().errorSummary()[0]?.fieldTree().focusBoundControl();
      return;
    }
    this.kept.model.set(this.draft());
    await this.router.navigateByUrl('/setup/test');
  }

  protected async take(config: LlmConfigDto): Promise<void> {
    this.kept.forget();
    await this.router.navigate(['/setup/test'], { queryParams: { config: config.id } });
  }

  protected takeLocal(): void {
    const ollama = this.known().find(({ id }) => id === 'ollama');
    if (ollama) this.choose(ollama);
  }

  protected again(): void {
    this.providers.reload();
    this.configs.reload();
  }

  /** What stands in the field stays when the provider has it; else its example, or the first that chats on an own server. */
  private suggest({ key_required, example_model }: ProviderDto, names: readonly string[]): void {
    const fits = (name: string): boolean => names.includes(name);
    const [first = ''] = names.filter((name) => !/embed|bert|rerank/i.test(name));
    this.draft.update((draft) => {
      if (fits(draft.model_name)) return draft;
      return { ...draft, model_name: fits(example_model) ? example_model : key_required ? '' : first };
    });
  }
}

function freshDraft(provider: ProviderDto | undefined): ModelDraft {
  return {
    provider: provider?.id ?? ('openai' satisfies LlmProvider),
    api_key: '',
    base_url: '',
    model_name: provider?.example_model ?? '',
  };
}
