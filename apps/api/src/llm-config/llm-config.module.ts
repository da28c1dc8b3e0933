import { Module } from '@nestjs/common';
import { ChatModels } from './chat-models.js';
import { ConfiguredChatModels } from './chat-models.adapter.js';
import { Embedder } from './embedder.js';
import { LangChainEmbedder } from './embedder.adapter.js';
import { FirstLlmConfigs } from './first-start/first-llm-configs.js';
import { LocalOllama } from './first-start/local-ollama.js';
import { LlmConfigChanges } from './llm-config-changes.js';
import { LlmConfigController } from './llm-config.controller.js';
import { LlmConfigFactsMaker } from './llm-config-facts-maker.js';
import { LlmConfigFallbacks } from './llm-config-fallbacks.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import { LlmConfigRepository } from './llm-config.repository.js';
import { LlmConfigService } from './llm-config.service.js';
import { LlmConfigStore } from './llm-config-store.js';
import { LlmConfigTestService } from './llm-config-test.service.js';
import { LlmConfigUsage } from './llm-config-usage.js';
import { LlmConfigUses } from './llm-config-uses.js';
import { OwnAddress } from './own-address.js';
import { ProviderController } from './provider.controller.js';
import { UnsavedLlmConfigs } from './unsaved-llm-configs.js';
import { ModelLists } from './model-lists.js';
import { ModelWires } from './wire/model-wires.js';

/** Which models exist and how to reach them. */
@Module({
  controllers: [LlmConfigController, ProviderController],
  providers: [
    { provide: ChatModels, useClass: ConfiguredChatModels },
    { provide: Embedder, useClass: LangChainEmbedder },
    FirstLlmConfigs,
    LlmConfigChanges,
    LlmConfigFactsMaker,
    LlmConfigFallbacks,
    LlmConfigKeys,
    LlmConfigRepository,
    LlmConfigService,
    LlmConfigStore,
    LlmConfigTestService,
    LlmConfigUsage,
    LlmConfigUses,
    LocalOllama,
    ModelLists,
    ModelWires,
    OwnAddress,
    UnsavedLlmConfigs,
  ],
  exports: [ChatModels, LlmConfigService, LlmConfigUses],
})
export class LlmConfigModule {}
