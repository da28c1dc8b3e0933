import { Injectable } from '@nestjs/common';
import type { CreateLlmConfigDto } from '@opsagent/contracts';
import { InvalidInput } from '../../../platform/errors/domain-error.js';
import { LlmConfigHeaders } from '../../llm-config-headers.js';
import { LlmConfigKeys } from '../../llm-config-keys.js';
import type { LlmConfig } from '../../llm-config.entity.js';
import { LlmConfigNotUsable } from '../../llm-config.errors.js';
import { toDraft, withChanges } from '../../llm-config.mapper.js';
import { OwnAddress } from '../../own-address.js';
import { PROVIDERS } from '../../providers/providers.js';
import { checkedDraft, DEFAULT_IS_FOR_ALL, type Draft } from '../../rules/draft.js';
import { type KeyChange, keyChangeOf, requireKeyForNewPlace } from '../../rules/key-change.js';
import { importedHeaders } from './import-headers.js';
import type { Outcome } from './planned-item.js';

const NO_KEY: KeyChange = { plain: null, keepsStored: false, has: false };

/** What would be stored of what a file says, by the same rules as a create and an update. */
@Injectable()
export class ImportDrafts {
  constructor(
    private readonly keys: LlmConfigKeys,
    private readonly headers: LlmConfigHeaders,
    private readonly ownAddress: OwnAddress,
  ) {}

  /**
   * What the file leaves out stays in a configuration that exists, and takes its default in a new one. A stored key goes where
   * it was entered for only, or it goes.
   * @throws InvalidInput
   */
  outcomeOf(input: CreateLlmConfigDto, existing: LlmConfig | null, isDefault: boolean): Outcome {
    const wanted = existing ? withChanges(existing, input) : toDraft(input);
    const checked = checkedDraft({ ...wanted, isDefault: false }, true);
    this.ownAddress.refuse(checked.baseUrl);
    const { extraConfig, lost: lostHeaders } = importedHeaders(
      checked.extraConfig,
      existing,
      this.keptHeaders(existing, checked),
    );
    const draft = { ...checked, extraConfig };
    const key = this.keyOf(input, existing, draft);
    const missesKey = PROVIDERS[draft.provider].keyRequired && !key.has;
    const isActive = draft.isActive && !missesKey;
    if (isDefault && isActive && draft.access.scope !== 'all') throw new InvalidInput([DEFAULT_IS_FOR_ALL]);
    return { draft: { ...draft, isActive, isDefault: isDefault && isActive }, key, missesKey, lostHeaders };
  }

  private keyOf(input: CreateLlmConfigDto, existing: LlmConfig | null, draft: Draft): KeyChange {
    const key = keyChangeOf(input, existing?.apiKey ?? null);
    if (!existing) return key;
    if (key.keepsStored) return isItsPlace(existing, draft) ? key : NO_KEY;
    return this.isStored(existing, key.plain) ? { plain: null, keepsStored: true, has: true } : key;
  }

  private keptHeaders(existing: LlmConfig | null, draft: Draft): Readonly<Record<string, string>> {
    const isKept =
      existing?.options?.secretHeaders && isItsPlace(existing, draft) && this.headers.areReadable(existing);
    return isKept ? this.headers.open(existing) : {};
  }

  /** The same key once more is no change. */
  private isStored(existing: LlmConfig, plain: string | null): boolean {
    try {
      return plain !== null && this.keys.open(existing) === plain;
    } catch (error) {
      if (error instanceof LlmConfigNotUsable) return false;
      throw error;
    }
  }
}

function isItsPlace(existing: LlmConfig, draft: Draft): boolean {
  try {
    requireKeyForNewPlace(existing, draft);
    return true;
  } catch (error) {
    if (error instanceof InvalidInput) return false;
    throw error;
  }
}
