import { Injectable } from '@nestjs/common';
import { LlmConfigAccess } from './access/llm-config-access.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigFactsMaker } from './llm-config-facts-maker.js';
import { LlmConfigHeaders } from './llm-config-headers.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import type { LlmConfig } from './llm-config.entity.js';
import { LlmConfigNotFound } from './llm-config.errors.js';
import { LlmConfigRepository } from './llm-config.repository.js';
import { OwnAddress } from './own-address.js';
import { checkedDraft, type Draft } from './rules/draft.js';
import { keyChangeOf, requireKeyForNewPlace } from './rules/key-change.js';

/** Makes values usable that are still in somebody's form: nothing of them is stored. */
@Injectable()
export class UnsavedLlmConfigs {
  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly access: LlmConfigAccess,
    private readonly facts: LlmConfigFactsMaker,
    private readonly keys: LlmConfigKeys,
    private readonly headers: LlmConfigHeaders,
    private readonly ownAddress: OwnAddress,
  ) {}

  /**
   * Facts by the rules that storing the values would follow. The stored key of the configuration being edited is
   * used where none was entered, by who may change it and towards the server it was entered for only.
   * @throws InvalidInput, LlmConfigNotFound, NotYourLlmConfig
   */
  async factsOf(values: Draft, enteredKey: string | null, editedId: string | null): Promise<LlmConfigFacts> {
    const edited = editedId === null ? null : await this.editable(editedId);
    const key = keyChangeOf({ api_key: enteredKey }, edited?.apiKey ?? null);
    const draft = checkedDraft(values, key.has);
    this.ownAddress.refuse(draft.baseUrl);
    const headers = this.headers.openUnsaved(draft, edited);
    if (edited === null || !key.keepsStored) return this.facts.ofUnsaved(draft, { apiKey: () => key.plain, headers });
    requireKeyForNewPlace(edited, draft);
    return this.facts.ofUnsaved(draft, { apiKey: () => this.keys.open(edited), headers });
  }

  private async editable(id: string): Promise<LlmConfig> {
    const config = await this.repository.findById(id);
    if (config === null) throw new LlmConfigNotFound(id);
    this.access.requireEditor(config);
    return config;
  }
}
