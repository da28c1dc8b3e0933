import { inject, Service, signal } from '@angular/core';
import type { LlmConfigDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { LlmConfigClient } from './llm-config-client.js';
import type { LlmConfigDraft } from './llm-config-draft.js';

/** The models that a draft's provider has now; asked once for the same provider, address and key. */
@Service({ autoProvided: false })
export class LlmConfigModels {
  private readonly client = inject(LlmConfigClient);
  private readonly names = signal<readonly string[]>([]);
  private readonly problem = signal<Problem | null>(null);
  private readonly asking = signal(false);
  private asked = '';
  readonly list = this.names.asReadonly();
  readonly fault = this.problem.asReadonly();
  readonly isAsking = this.asking.asReadonly();

  async ask(draft: LlmConfigDraft, stored: LlmConfigDto | null): Promise<void> {
    const query = {
      api_key: draft.api_key.trim() || null,
      base_url: draft.base_url.trim() || null,
      llm_config_id: stored?.id ?? null,
    };
    const asked = JSON.stringify([draft.provider, query]);
    if (asked === this.asked) return;
    this.asked = asked;
    this.asking.set(true);
    this.problem.set(null);
    this.names.set([]);
    try {
      const { models } = await this.client.models(draft.provider, query);
      if (asked === this.asked) this.names.set(models);
    } catch (error) {
      if (asked !== this.asked) return;
      this.problem.set(toProblem(error));
      // The same question may be asked again.
      this.asked = '';
    } finally {
      this.asking.set(false);
    }
  }
}
