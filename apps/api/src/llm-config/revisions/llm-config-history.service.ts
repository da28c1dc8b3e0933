import { Injectable } from '@nestjs/common';
import type {
  DeletedLlmConfigDto,
  DeletedLlmConfigListDto,
  LlmConfigDto,
  LlmConfigRevisionDto,
  LlmConfigRevisionListDto,
} from '@opsagent/contracts';
import { accessColumns, accessOf } from '../access/config-access.js';
import { LlmConfigAccess } from '../access/llm-config-access.js';
import { LlmConfigChanges } from '../llm-config-changes.js';
import { LlmConfigFallbacks } from '../llm-config-fallbacks.js';
import { LlmConfigKeys } from '../llm-config-keys.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigNotFound, RevisionNotFound } from '../llm-config.errors.js';
import { toDto } from '../llm-config.mapper.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { OwnAddress } from '../own-address.js';
import { checkedDraft, type Draft } from '../rules/draft.js';
import { LlmConfigRevisionRepository, type NamedRevision, RESTORABLE_DAYS } from './llm-config-revisions.repository.js';
import { accessIn, draftOf, type RevisionState } from './revision-state.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What configurations were, and the way back. */
@Injectable()
export class LlmConfigHistoryService {
  constructor(
    private readonly revisions: LlmConfigRevisionRepository,
    private readonly repository: LlmConfigRepository,
    private readonly changes: LlmConfigChanges,
    private readonly access: LlmConfigAccess,
    private readonly fallbacks: LlmConfigFallbacks,
    private readonly keys: LlmConfigKeys,
    private readonly ownAddress: OwnAddress,
  ) {}

  /** @throws LlmConfigNotFound when there is neither a configuration nor a revision of that id */
  async list(id: string, skip: number, limit: number): Promise<LlmConfigRevisionListDto> {
    const { items, total } = await this.revisions.list(id, skip, limit);
    this.access.requireSeen((await this.repository.findById(id)) ?? (await this.lastOf(id)), id);
    return { items: items.map(toRevisionDto), total };
  }

  /**
   * Makes the configuration what it was in that revision, its key included. Whether it is active, the default, and for whom, stays:
   * that is who it serves, not what it is.
   * @throws LlmConfigNotFound, RevisionNotFound, NotYourLlmConfig, LlmConfigChanged, LlmConfigNameTaken, InvalidInput
   */
  async rollBack(id: string, revisionId: string, seen: Date | null): Promise<LlmConfigDto> {
    const changed = await this.changes.change(id, seen, 'llm_config.roll_back', async (before) => {
      const revision = await this.revisions.find(id, revisionId);
      if (!revision) throw new RevisionNotFound(revisionId);
      const { isActive, isDefault, isEmbedding } = before;
      const wanted = { ...draftOf(revision.state), isActive, isDefault, isEmbedding, access: accessOf(before) };
      const draft = await this.storable(id, wanted, revision.apiKey !== null);
      const { apiKey, secretHeaders } = revision;
      const values = { ...draft, apiKey, secretHeaders, updatedBy: this.changes.userId() };
      return { after: await this.repository.update(id, values) };
    });
    return this.dto(changed);
  }

  async listDeleted(): Promise<DeletedLlmConfigListDto> {
    const deleted = await this.revisions.listDeleted();
    const items = deleted.filter(({ llmConfigId, state }) => this.access.maySee(asItWas(llmConfigId, state)));
    return { items: items.map(toDeletedDto), total: items.length };
  }

  /**
   * Brings a deleted configuration back under its old id, with its key; never as the default.
   * @throws LlmConfigNotFound, NotYourLlmConfig, LlmConfigNameTaken, InvalidInput
   */
  async restore(id: string): Promise<LlmConfigDto> {
    const restored = await this.changes.create('llm_config.restore', async () => {
      const revision = await this.revisions.findDeleted(id);
      if (!revision) throw new LlmConfigNotFound(id);
      const { state, apiKey, secretHeaders } = revision;
      this.access.requireEditor(asItWas(id, state));
      const draft = await this.storable(id, { ...draftOf(state), isDefault: false }, apiKey !== null);
      const secrets = { apiKey, secretHeaders };
      const values = { ...draft, ...secrets, createdBy: state.created_by, updatedBy: this.changes.userId() };
      const times = { createdAt: new Date(state.created_at), usageCount: state.usage_count };
      const lastUsedAt = state.last_used_at === null ? null : new Date(state.last_used_at);
      return { after: await this.repository.insert(id, values, { ...times, lastUsedAt }) };
    });
    return this.dto(restored);
  }

  /** What one that is gone was at last. */
  private async lastOf(id: string): Promise<ReturnType<typeof asItWas> | null> {
    const [last] = (await this.revisions.list(id, 0, 1)).items;
    return last ? asItWas(id, last.state) : null;
  }

  /** By the rules of today; members of its chain that are gone since are left out. */
  private async storable(id: string, draft: Draft, hasKey: boolean): Promise<Draft> {
    const kinds = await this.repository.kindsOf(draft.fallbackIds, null);
    const fallbackIds = draft.fallbackIds.filter((fallback) => kinds.get(fallback) === draft.isEmbedding);
    const checked = checkedDraft({ ...draft, fallbackIds }, hasKey);
    this.ownAddress.refuse(checked.baseUrl);
    await this.fallbacks.check(id, checked, fallbackIds);
    return checked;
  }

  private dto(config: LlmConfig): LlmConfigDto {
    return toDto(config, this.keys.mask(config));
  }
}

/** What decides who may see and change a configuration of that state. */
function asItWas(id: string, state: RevisionState) {
  return { id, name: state.name, createdBy: state.created_by, options: accessColumns(accessIn(state)) };
}

function toRevisionDto({ id, number, action, at, by, changes }: NamedRevision): LlmConfigRevisionDto {
  return { id, number, action, at: at.toISOString(), by, changes };
}

function toDeletedDto({ llmConfigId, state, at, by }: NamedRevision): DeletedLlmConfigDto {
  return {
    id: llmConfigId,
    name: state.name,
    provider: state.provider,
    model_name: state.model_name,
    deleted_at: at.toISOString(),
    deleted_by: by,
    restorable_until: new Date(at.getTime() + RESTORABLE_DAYS * DAY_MS).toISOString(),
  };
}
