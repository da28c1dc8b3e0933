import { computed, inject, Service, signal } from '@angular/core';
import type { LlmConfigDto, LlmProvider, ProviderDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { SessionClient } from './session-client.js';

/** Configurations of one provider. */
export interface ModelGroup {
  readonly provider: LlmProvider;
  /** What the provider calls itself. */
  readonly name: string;
  readonly configs: readonly LlmConfigDto[];
}

/** The chat models a session can be bound to. */
@Service()
export class ModelChoices {
  private readonly client = inject(SessionClient);
  private readonly list = signal<readonly LlmConfigDto[] | null>(null);
  private readonly providers = signal<readonly ProviderDto[]>([]);
  private readonly fault = signal<Problem | null>(null);

  /** Null until the first answer. */
  readonly configs = this.list.asReadonly();
  readonly problem = this.fault.asReadonly();
  readonly default = computed(() => this.list()?.find((config) => config.is_default && config.is_active) ?? null);
  readonly hasUsable = computed(() => this.list()?.some((config) => config.is_active) ?? false);
  /** By provider, without the default, which stands on its own. */
  readonly groups = computed(() => this.grouped((this.list() ?? []).filter((config) => config !== this.default())));

  async load(): Promise<void> {
    try {
      const [configs, providers] = await Promise.all([this.client.chatModels(), this.client.providers()]);
      this.providers.set(providers);
      this.list.set(configs);
      this.fault.set(null);
    } catch (error) {
      this.fault.set(toProblem(error));
    }
  }

  byId(id: string): LlmConfigDto | null {
    return this.list()?.find((config) => config.id === id) ?? null;
  }

  /** Whether a session bound to this can be answered; unknown counts as yes, the server decides. */
  isUsable(id: string | null): boolean {
    if (this.list() === null) return true;
    return id === null ? this.default() !== null : (this.byId(id)?.is_active ?? false);
  }

  /** What a provider calls itself. */
  providerName(id: LlmProvider): string {
    return this.providers().find((provider) => provider.id === id)?.name ?? id;
  }

  /** Whether it is called where its provider answers by default, and not at a place of somebody's own. */
  isAtUsualAddress({ provider, base_url }: LlmConfigDto): boolean {
    const usual = this.providers().find(({ id }) => id === provider)?.default_base_url;
    return base_url === null || base_url === usual;
  }

  private grouped(configs: readonly LlmConfigDto[]): ModelGroup[] {
    const groups = new Map<LlmProvider, LlmConfigDto[]>();
    for (const config of configs) {
      const group = groups.get(config.provider);
      if (group) group.push(config);
      else groups.set(config.provider, [config]);
    }
    return [...groups].map(([provider, members]) => ({
      provider,
      name: this.providerName(provider),
      configs: members,
    }));
  }
}
