import { Module } from '@nestjs/common';
import { ChatModels } from './chat-models.js';
import { ConfiguredChatModels } from './chat-models.adapter.js';
import { Embedder } from './embedder.js';
import { LangChainEmbedder } from './embedder.adapter.js';
import { Embeddings } from './embeddings.js';
import { BulkChanges } from './bulk/bulk-changes.js';
import { BulkDeletions } from './bulk/bulk-deletions.js';
import { LlmConfigBulkController } from './bulk/llm-config-bulk.controller.js';
import { LlmConfigBulkService } from './bulk/llm-config-bulk.service.js';
import { ModelCatalogueController } from './catalogue/model-catalogue.controller.js';
import { ModelCatalogue } from './catalogue/model-catalogue.js';
import { LlmConfigAccess } from './access/llm-config-access.js';
import { LlmConfigPeople } from './access/llm-config-people.js';
import { FirstLlmConfigs } from './first-start/first-llm-configs.js';
import { LocalOllama } from './first-start/local-ollama.js';
import { LlmConfigActivity } from './llm-config-activity.js';
import { LlmConfigCopies } from './llm-config-copies.js';
import { LlmConfigDetails } from './llm-config-details.js';
import { LlmConfigChanges } from './llm-config-changes.js';
import { LlmConfigController } from './llm-config.controller.js';
import { LlmConfigFactsMaker } from './llm-config-facts-maker.js';
import { LlmConfigFallbacks } from './llm-config-fallbacks.js';
import { LlmConfigHeaders } from './llm-config-headers.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import { LlmConfigRepository } from './llm-config.repository.js';
import { LlmConfigService } from './llm-config.service.js';
import { LlmConfigStore } from './llm-config-store.js';
import { ConfigTester } from './testing/config-tester.js';
import { LlmConfigTestController } from './testing/llm-config-test.controller.js';
import { LlmConfigTestRepository } from './testing/llm-config-test.repository.js';
import { TestAllowance } from './testing/test-allowance.js';
import { LlmConfigTestService } from './testing/llm-config-test.service.js';
import { LlmConfigTemplateController } from './templates/llm-config-template.controller.js';
import { LlmConfigTemplateRepository } from './templates/llm-config-template.repository.js';
import { LlmConfigTemplateService } from './templates/llm-config-template.service.js';
import { LlmConfigUsage } from './llm-config-usage.js';
import { LlmConfigKinds } from './llm-config-kinds.js';
import { LlmConfigsOfLimits } from './llm-configs-of-limits.js';
import { LlmConfigUses } from './llm-config-uses.js';
import { OllamaShown } from './ollama-shown.js';
import { OwnAddress } from './own-address.js';
import { ProviderController } from './provider.controller.js';
import { DeletedLlmConfigsKeeper } from './revisions/deleted-llm-configs-keeper.js';
import { LlmConfigHistoryController } from './revisions/llm-config-history.controller.js';
import { LlmConfigHistoryService } from './revisions/llm-config-history.service.js';
import { LlmConfigRevisionLog } from './revisions/llm-config-revision-log.js';
import { LlmConfigRevisionRepository } from './revisions/llm-config-revisions.repository.js';
import { ImportUndoing } from './transfer/import-undo.js';
import { ImportWriter } from './transfer/import-writer.js';
import { LlmConfigImportService } from './transfer/llm-config-import.service.js';
import { ImportDrafts } from './transfer/plan/import-drafts.js';
import { ImportPeople } from './transfer/plan/import-people.js';
import { Speech } from './speech/speech.js';
import { ImportPlanner } from './transfer/plan/import-planner.js';
import { FileTrees } from './transfer/reading/file-tree.js';
import { LlmConfigExportService } from './transfer/llm-config-export.service.js';
import { LlmConfigTransferController } from './transfer/llm-config-transfer.controller.js';
import { UnsavedLlmConfigs } from './unsaved-llm-configs.js';
import { ModelLists } from './model-lists.js';
import { ModelWires } from './wire/model-wires.js';

/** Which models exist and how to reach them. */
@Module({
  // Fixed paths stand before `:id`.
  controllers: [
    LlmConfigHistoryController,
    LlmConfigBulkController,
    LlmConfigTestController,
    LlmConfigTransferController,
    LlmConfigController,
    LlmConfigTemplateController,
    ProviderController,
    ModelCatalogueController,
  ],
  providers: [
    { provide: ChatModels, useClass: ConfiguredChatModels },
    { provide: Embedder, useClass: LangChainEmbedder },
    BulkChanges,
    BulkDeletions,
    DeletedLlmConfigsKeeper,
    Embeddings,
    FileTrees,
    FirstLlmConfigs,
    ImportDrafts,
    ImportPeople,
    ImportPlanner,
    ImportUndoing,
    ImportWriter,
    LlmConfigAccess,
    LlmConfigActivity,
    LlmConfigBulkService,
    LlmConfigChanges,
    LlmConfigCopies,
    LlmConfigDetails,
    LlmConfigExportService,
    LlmConfigFactsMaker,
    LlmConfigFallbacks,
    LlmConfigHeaders,
    LlmConfigHistoryService,
    LlmConfigImportService,
    LlmConfigKeys,
    LlmConfigPeople,
    LlmConfigRepository,
    LlmConfigRevisionLog,
    LlmConfigRevisionRepository,
    LlmConfigService,
    LlmConfigStore,
    LlmConfigTemplateRepository,
    LlmConfigTemplateService,
    LlmConfigTestRepository,
    LlmConfigTestService,
    ConfigTester,
    LlmConfigUsage,
    LlmConfigUses,
    LlmConfigsOfLimits,
    LlmConfigKinds,
    LocalOllama,
    ModelCatalogue,
    ModelLists,
    ModelWires,
    OllamaShown,
    OwnAddress,
    Speech,
    TestAllowance,
    UnsavedLlmConfigs,
  ],
  exports: [ChatModels, Embeddings, LlmConfigActivity, LlmConfigKinds, LlmConfigService, LlmConfigUses, Speech],
})
export class LlmConfigModule {}
