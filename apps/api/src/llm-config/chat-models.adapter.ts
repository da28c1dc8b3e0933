import { Injectable } from '@nestjs/common';
import { ModelCatalogue } from './catalogue/model-catalogue.js';
import { Pricing } from './catalogue/pricing.js';
import { ChatModels, type UsableModel } from './chat-models.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigStore } from './llm-config-store.js';
import { LlmConfigUsage } from './llm-config-usage.js';
import { LlmConfigNotFound, LlmConfigNotUsable, NoDefaultLlmConfig } from './llm-config.errors.js';
import type { ChatModel } from './wire/model-wire.js';
import { ModelWires } from './wire/model-wires.js';

/** Finds and opens configurations from the store; what is made of one lives as long as its facts are kept there. */
@Injectable()
export class ConfiguredChatModels extends ChatModels {
  private readonly usable = new WeakMap<LlmConfigFacts, UsableModel>();
  private readonly opened = new WeakMap<LlmConfigFacts, ChatModel>();

  constructor(
    private readonly store: LlmConfigStore,
    private readonly wires: ModelWires,
    private readonly usage: LlmConfigUsage,
    private readonly catalogue: ModelCatalogue,
  ) {
    super();
  }

  override async resolve(choices: readonly (string | null | undefined)[]): Promise<UsableModel> {
    const chosen = choices.find((id) => id !== null && id !== undefined);
    if (chosen === undefined || chosen === null) return this.usableFor(await this.default());
    const config = await this.store.get(chosen);
    if (!config) throw new LlmConfigNotFound(chosen);
    return this.usableFor(config);
  }

  override async open({ configId }: UsableModel): Promise<ChatModel> {
    const config = await this.store.get(configId);
    if (!config) throw new LlmConfigNotFound(configId);
    let model = this.opened.get(config);
    if (!model) this.opened.set(config, (model = this.wires.open(config)));
    return model;
  }

  override used(configId: string): void {
    this.usage.used(configId);
  }

  private async default(): Promise<LlmConfigFacts> {
    const config = await this.store.defaultOf(false);
    if (!config) throw new NoDefaultLlmConfig();
    return config;
  }

  private usableFor(config: LlmConfigFacts): UsableModel {
    const known = this.usable.get(config);
    if (known) return known;
    if (config.isEmbedding) throw new LlmConfigNotUsable(config.name, 'is for embeddings, not for chat');
    if (!config.isActive) throw new LlmConfigNotUsable(config.name, 'is not active');
    const { id, name, provider, modelName, revision } = config;
    const pricing = new Pricing(config, this.catalogue);
    const model = { configId: id, configName: name, provider, modelName, revision, pricing };
    this.usable.set(config, model);
    return model;
  }
}
