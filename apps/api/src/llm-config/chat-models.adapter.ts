import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { TurnLimits } from '../platform/limits/limits.js';
import { mayUse, type ModelUser } from './access/config-access.js';
import { ModelCatalogue } from './catalogue/model-catalogue.js';
import { Pricing } from './catalogue/pricing.js';
import { ChatModels, type ModelChoices, type UsableModel } from './chat-models.js';
import { CoolDown } from './fallback/cool-down.js';
import { type ChainLink, FallbackModel } from './fallback/fallback-model.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigStore } from './llm-config-store.js';
import { LlmConfigUsage } from './llm-config-usage.js';
import { LlmConfigNotForYou, LlmConfigNotFound, LlmConfigNotUsable, NoDefaultLlmConfig } from './llm-config.errors.js';
import type { ChatModel } from './wire/model-wire.js';
import { ModelWires } from './wire/model-wires.js';

/** Finds and opens configurations from the store; what is made of one lives as long as its facts are kept there. */
@Injectable()
export class ConfiguredChatModels extends ChatModels {
  private readonly logger = new Logger(ConfiguredChatModels.name);
  private readonly toldOf = new WeakSet<LlmConfigFacts>();
  private readonly usable = new WeakMap<LlmConfigFacts, UsableModel>();
  private readonly opened = new WeakMap<LlmConfigFacts, ChatModel>();
  private readonly coolDowns = new WeakMap<LlmConfigFacts, CoolDown>();

  constructor(
    private readonly store: LlmConfigStore,
    private readonly wires: ModelWires,
    private readonly usage: LlmConfigUsage,
    private readonly catalogue: ModelCatalogue,
    private readonly clock: Clock,
    private readonly limits: TurnLimits,
  ) {
    super();
  }

  override async resolve({ named, bound }: ModelChoices, user: ModelUser): Promise<UsableModel> {
    const chosen = named ?? bound ?? ('appLlmConfigId' in user ? user.appLlmConfigId : null);
    if (chosen === null) return this.usableFor(await this.default());
    const config = await this.store.get(chosen);
    if (!config) throw new LlmConfigNotFound(chosen);
    if (!mayUse(config, user)) throw chosen === bound ? new LlmConfigNotForYou() : new LlmConfigNotFound(chosen);
    return this.usableFor(config);
  }

  override async open({ configId }: UsableModel, user: ModelUser): Promise<ChatModel> {
    const config = await this.store.get(configId);
    if (!config) throw new LlmConfigNotFound(configId);
    return config.fallbackIds.length === 0 ? this.modelOf(config) : this.chainOf(config, user);
  }

  override used(configId: string): void {
    this.usage.used(configId);
  }

  private modelOf(config: LlmConfigFacts): ChatModel {
    let model = this.opened.get(config);
    if (!model) this.opened.set(config, (model = this.wires.open(config)));
    return model;
  }

  /** The chain of the one that was asked for counts, not those of its members; members that cannot be used are passed over. */
  private async chainOf(config: LlmConfigFacts, user: ModelUser): Promise<ChatModel> {
    const first = this.linkOf(config);
    const others: ChainLink[] = [];
    for (const id of config.fallbackIds) {
      const other = await this.store.get(id);
      if (!other?.isActive || other.isEmbedding || this.limits.isSpent(id)) continue;
      if (!this.isFor(user, other, config)) continue;
      const link = this.usableLinkOf(other);
      if (link) others.push(link);
    }
    return others.length === 0 ? first.model : new FallbackModel([first, ...others], this.clock);
  }

  /** Said in the log once for each state of a configuration, not with each answer. */
  private isFor(user: ModelUser, other: LlmConfigFacts, config: LlmConfigFacts): boolean {
    if (mayUse(other, user)) return true;
    if (!this.toldOf.has(other)) {
      this.toldOf.add(other);
      const chain = `the chain of configuration ${config.id}`;
      this.logger.log(`Configuration ${other.id} is passed over in ${chain} for whoever may not use it`);
    }
    return false;
  }

  private usableLinkOf(config: LlmConfigFacts): ChainLink | null {
    try {
      return this.linkOf(config);
    } catch (error) {
      if (error instanceof LlmConfigNotUsable) return null;
      throw error;
    }
  }

  private linkOf(config: LlmConfigFacts): ChainLink {
    let coolDown = this.coolDowns.get(config);
    if (!coolDown) this.coolDowns.set(config, (coolDown = new CoolDown()));
    return { usable: this.usableFor(config), model: this.modelOf(config), coolDown };
  }

  private async default(): Promise<LlmConfigFacts> {
    const config = await this.store.defaultOf(false);
    if (!config) throw new NoDefaultLlmConfig();
    return config;
  }

  private usableFor(config: LlmConfigFacts): UsableModel {
    const kept = this.usable.get(config);
    if (kept) return kept;
    if (config.isEmbedding) throw new LlmConfigNotUsable(config.name, 'is for embeddings, not for chat');
    if (!config.isActive) throw new LlmConfigNotUsable(config.name, 'is not active');
    const { id, name, provider, modelName, revision } = config;
    const pricing = new Pricing(config, this.catalogue);
    const known = this.catalogue.find(provider, modelName);
    const abilities = {
      ...(known?.vision === undefined ? {} : { vision: known.vision }),
      ...(known?.context_window === undefined ? {} : { contextWindow: known.context_window }),
    };
    const model = { configId: id, configName: name, provider, modelName, revision, pricing, ...abilities };
    this.usable.set(config, model);
    return model;
  }
}
