import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type {
  CreateLlmConfigDto,
  DuplicateLlmConfigDto,
  LlmConfigDefaultDto,
  LlmConfigDto,
  LlmConfigImpactDto,
  LlmConfigInclude,
  LlmConfigQueryDto,
  LlmConfigStatusDto,
  UpdateLlmConfigDto,
} from '@opsagent/contracts';
import { accessOf } from './access/config-access.js';
import { LlmConfigAccess } from './access/llm-config-access.js';
import { LlmConfigPeople } from './access/llm-config-people.js';
import { LlmConfigChanges } from './llm-config-changes.js';
import { LlmConfigCopies } from './llm-config-copies.js';
import { LlmConfigDetails } from './llm-config-details.js';
import { LlmConfigFallbacks } from './llm-config-fallbacks.js';
import { LlmConfigHeaders } from './llm-config-headers.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import { LlmConfigUses } from './llm-config-uses.js';
import type { LlmConfig } from './llm-config.entity.js';
import { DefaultLlmConfigNotFound, LlmConfigInUse, LlmConfigNotUsable } from './llm-config.errors.js';
import { toDraft, toDto, toFilter, withChanges } from './llm-config.mapper.js';
import { LlmConfigRepository, type LlmConfigValues } from './llm-config.repository.js';
import { OwnAddress } from './own-address.js';
import { checkedDraft, type Draft } from './rules/draft.js';
import { keyChangeOf, requireKeyForNewPlace } from './rules/key-change.js';

/** The model configurations: which exist, how they may be changed, which one is the default. */
@Injectable()
export class LlmConfigService {
  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly changes: LlmConfigChanges,
    private readonly keys: LlmConfigKeys,
    private readonly headers: LlmConfigHeaders,
    private readonly uses: LlmConfigUses,
    private readonly fallbacks: LlmConfigFallbacks,
    private readonly ownAddress: OwnAddress,
    private readonly details: LlmConfigDetails,
    private readonly copies: LlmConfigCopies,
    private readonly access: LlmConfigAccess,
    private readonly people: LlmConfigPeople,
  ) {}

  async list(query: LlmConfigQueryDto): Promise<{ items: LlmConfigDto[]; total: number }> {
    const { items, total } = await this.repository.list(toFilter(query), this.access.asker());
    return { items: await this.dtos(items, query.include), total };
  }

  async listActive(isEmbedding?: boolean): Promise<LlmConfigDto[]> {
    const configs = await this.repository.listActive(isEmbedding, this.access.asker());
    return configs.map((config) => this.dto(config));
  }

  async getDefault(isEmbedding: boolean): Promise<LlmConfigDto> {
    const config = await this.repository.findDefault(isEmbedding);
    if (config === null) throw new DefaultLlmConfigNotFound(isEmbedding ? 'embedding' : 'chat');
    return this.dto(config);
  }

  async get(id: string, include?: LlmConfigInclude): Promise<LlmConfigDto> {
    const [dto] = await this.dtos([await this.found(id)], include);
    return dto;
  }

  /** What a risky change of it would touch. @throws LlmConfigNotFound */
  async impactOf(id: string): Promise<LlmConfigImpactDto> {
    return this.details.impactOf(await this.found(id));
  }

  /** A copy with the same key. @throws LlmConfigNotFound, NotYourLlmConfig, LlmConfigNameTaken, LlmConfigNotUsable */
  async duplicate(id: string, { name }: DuplicateLlmConfigDto): Promise<LlmConfigDto> {
    return this.dto(await this.copies.duplicate(id, name?.trim() || null));
  }

  /** Stores a new configuration; the first active chat model becomes the default unless that is declined. */
  async create(input: CreateLlmConfigDto): Promise<LlmConfigDto> {
    const key = keyChangeOf(input, null);
    const draft = this.checked(toDraft(await this.people.withKnownUsers(input)), key.has);
    const created = await this.changes.create('llm_config.create', async () => {
      await this.fallbacks.check(null, draft);
      const isDefault = input.is_default ?? (await this.wouldBeFirst(draft));
      const id = this.repository.newId();
      const others = isDefault ? await this.repository.clearDefaultExcept(id, draft.isEmbedding) : [];
      const apiKey = key.plain === null ? null : this.keys.seal(id, key.plain);
      const by = this.changes.userId();
      const values = { ...draft, isDefault, apiKey, createdBy: by, updatedBy: by };
      return {
        after: await this.repository.insert(id, { ...values, ...this.headers.sealed(id, draft, null) }),
        others,
      };
    });
    return this.dto(created);
  }

  /** Changes what was sent; an absent field stays. */
  async update(id: string, sent: UpdateLlmConfigDto, seen: Date | null): Promise<LlmConfigDto> {
    const input = await this.people.withKnownUsers(sent);
    const updated = await this.changes.change(id, seen, 'llm_config.update', async (before) => {
      const key = keyChangeOf(input, before.apiKey);
      const asked = this.checked(defaultFollowing(before, input), key.has);
      const { secretHeaders, extraConfig } = this.headers.sealed(id, asked, before);
      const draft = { ...asked, extraConfig };
      if (key.keepsStored) requireKeyForNewPlace(before, draft);
      await this.fallbacks.check(id, draft, before.options?.fallbackIds);
      if (draft.isEmbedding !== before.isEmbedding) await this.requireUnused(before, 'cannot change its kind of model');
      const others = draft.isDefault ? await this.repository.clearDefaultExcept(id, draft.isEmbedding) : [];
      const apiKey = key.keepsStored ? before.apiKey : key.plain === null ? null : this.keys.seal(id, key.plain);
      const secrets = { apiKey, secretHeaders };
      const after = await this.repository.update(id, {
        ...draft,
        ...secrets,
        ...this.editorOf(before, draft, secrets),
      });
      return { after, others };
    });
    return this.dto(updated);
  }

  /** @throws LlmConfigInUse unless forced */
  async delete(id: string, force: boolean, seen: Date | null): Promise<void> {
    await this.changes.change(id, seen, 'llm_config.delete', async (before) => {
      const uses = force ? null : await this.usesOf(before);
      if (uses !== null) throw new LlmConfigInUse(before.name, uses);
      const others = await this.repository.removeFromChains(id);
      await this.repository.delete(id);
      return { after: null, others };
    });
    this.keys.forget(id);
  }

  /** Switches a configuration on or off; off also takes the default away from it. */
  async toggleStatus(id: string, seen: Date | null): Promise<LlmConfigStatusDto> {
    let note = '';
    const { name, isActive } = await this.changes.change(id, seen, 'llm_config.toggle_status', async (before) => {
      note = before.isActive ? await this.noteOnSwitchingOff(before) : '';
      const isActive = !before.isActive;
      const values = { isActive, isDefault: before.isDefault && isActive, updatedBy: this.changes.userId() };
      return { after: await this.repository.update(id, values) };
    });
    return {
      message: `The model configuration "${name}" is now ${isActive ? 'active' : 'inactive'}.${note}`,
      is_active: isActive,
    };
  }

  /** Makes a configuration the default of its kind. @throws LlmConfigNotUsable when it is inactive */
  async setDefault(id: string, seen: Date | null): Promise<LlmConfigDefaultDto> {
    const { name, isDefault, isEmbedding } = await this.changes.change(
      id,
      seen,
      'llm_config.set_default',
      async (before) => {
        if (!before.isActive)
          throw new LlmConfigNotUsable(before.name, 'is inactive: activate it before it becomes the default');
        if (accessOf(before).scope !== 'all')
          throw new LlmConfigNotUsable(
            before.name,
            'is not for everybody: open it to all before it becomes the default',
          );
        if (before.isDefault) return { after: before };
        const others = await this.repository.clearDefaultExcept(id, before.isEmbedding);
        return {
          after: await this.repository.update(id, { isDefault: true, updatedBy: this.changes.userId() }),
          others,
        };
      },
    );
    const kind = isEmbedding ? 'embedding' : 'chat';
    return { message: `The model configuration "${name}" is now the default ${kind} model.`, is_default: isDefault };
  }

  private checked(draft: Draft, hasKey: boolean): Draft {
    const checked = checkedDraft(draft, hasKey);
    this.ownAddress.refuse(checked.baseUrl);
    return checked;
  }

  private async wouldBeFirst({ isActive, isEmbedding, access }: Draft): Promise<boolean> {
    return isActive && !isEmbedding && access.scope === 'all' && (await this.repository.findDefault(false)) === null;
  }

  /** Storing the same values again is no edit, so nobody becomes its editor. */
  private editorOf(
    before: LlmConfig,
    draft: Draft,
    { apiKey, secretHeaders }: Pick<LlmConfigValues, 'apiKey' | 'secretHeaders'>,
  ): { updatedBy?: string | null } {
    const areSecretsSame = apiKey === before.apiKey && secretHeaders === (before.options?.secretHeaders ?? null);
    const isSame = areSecretsSame && isDeepStrictEqual(draft, withChanges(before, {}));
    return isSame ? {} : { updatedBy: this.changes.userId() };
  }

  private async requireUnused(config: LlmConfig, because: string): Promise<void> {
    const uses = await this.uses.sentenceFor(config.id);
    if (uses !== null) throw new LlmConfigNotUsable(config.name, `${because}: it is ${uses}`);
  }

  /** The last of its kind may go although it is the default: there is nothing left to choose instead. */
  private async usesOf({ id, isDefault, isEmbedding }: LlmConfig): Promise<string | null> {
    const uses = await this.uses.sentenceFor(id);
    if (!isDefault || (await this.repository.countOtherActive(id, isEmbedding)) === 0) return uses;
    return uses === null ? 'the default' : `the default and ${uses}`;
  }

  private async noteOnSwitchingOff({ id, isDefault }: LlmConfig): Promise<string> {
    const uses = await this.uses.sentenceFor(id);
    const note =
      uses === null ? '' : ` It is ${uses}; they cannot go on until it is active again or another is chosen.`;
    return isDefault ? ` It is no longer the default.${note}` : note;
  }

  private async found(id: string): Promise<LlmConfig> {
    return this.access.requireSeen(await this.repository.findById(id), id);
  }

  private async dtos(configs: readonly LlmConfig[], include?: LlmConfigInclude): Promise<LlmConfigDto[]> {
    if (include !== 'details') return configs.map((config) => this.dto(config));
    const details = await this.details.of(configs);
    return configs.map((config) => ({ ...this.dto(config), details: details.get(config.id) }));
  }

  private dto(config: LlmConfig): LlmConfigDto {
    return toDto(config, this.keys.mask(config));
  }
}

/** Switched off, or turned into the other kind of model, a configuration stops being the default unless that is asked for. */
function defaultFollowing(before: LlmConfig, input: UpdateLlmConfigDto): Draft {
  const draft = withChanges(before, input);
  const stays = draft.isActive && draft.isEmbedding === before.isEmbedding;
  return { ...draft, isDefault: input.is_default ?? (before.isDefault && stays) };
}
