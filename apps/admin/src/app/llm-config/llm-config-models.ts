import { computed, inject, Service, signal } from '@angular/core';
import type { LlmConfigDto, LlmProvider, ModelCatalogueDto, ModelFactsDto, ModelListDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { LlmConfigClient } from './llm-config-client.js';
import type { LlmConfigDraft } from './llm-config-draft.js';

/** The models that a draft's provider has now, asked once for the same provider, address and key, and what is known of them. */
@Service({ autoProvided: false })
export class LlmConfigModels {
  private readonly client = inject(LlmConfigClient);
  private readonly listed = signal<ModelListDto | null>(null);
  private readonly catalogues = signal<ReadonlyMap<LlmProvider, ModelCatalogueDto>>(new Map());
  private readonly problem = signal<Problem | null>(null);
  private readonly asking = signal(false);
  private asked = '';
  /** Their names; empty while the provider was not asked. */
  readonly list = computed(() => this.listed()?.models ?? []);
  readonly fault = this.problem.asReadonly();
  readonly isAsking = this.asking.asReadonly();

  /** With `again`, the same question is asked anew: models come and go. */
  async ask(draft: LlmConfigDraft, stored: LlmConfigDto | null, again = false): Promise<void> {
    const query = {
      api_key: draft.api_key.trim() || null,
      base_url: draft.base_url.trim() || null,
      llm_config_id: stored?.id ?? null,
    };
    const asked = JSON.stringify([draft.provider, query]);
    if (asked === this.asked && !again) return;
    if (asked !== this.asked) this.listed.set(null);
    this.asked = asked;
    this.asking.set(true);
    this.problem.set(null);
    try {
      const answer = await this.client.models(draft.provider, query);
      if (asked === this.asked) this.listed.set(answer);
    } catch (error) {
      if (asked !== this.asked) return;
      this.problem.set(toProblem(error));
      // The same question may be asked again.
      this.asked = '';
    } finally {
      this.asking.set(false);
    }
  }

  /** The provider's own word on each model before the catalogue's. */
  factsOf(provider: LlmProvider): ReadonlyMap<string, ModelFactsDto> {
    const live = this.listed()?.facts.filter((facts) => facts.provider === provider) ?? [];
    const known = [...(this.catalogues().get(provider)?.items ?? []), ...live];
    return new Map(known.map((facts) => [facts.model, facts]));
  }

  /** An addition: without the catalogue, names alone are offered. */
  async readCatalogue(provider: LlmProvider): Promise<void> {
    if (this.catalogues().has(provider)) return;
    const catalogue = await this.client.catalogue(provider).catch(() => null);
    if (catalogue) this.catalogues.update((known) => new Map(known).set(provider, catalogue));
  }
}
