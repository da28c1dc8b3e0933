import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { JobOutcome } from '../../platform/jobs/job-work.js';
import { LlmConfigChanges } from '../llm-config-changes.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigChangedSince, LlmConfigNotFound } from '../llm-config.errors.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { LlmConfigService } from '../llm-config.service.js';
import { LlmConfigHistoryService } from '../revisions/llm-config-history.service.js';
import { checkedTags } from '../rules/draft.js';
import { AlreadySo } from './bulk-outcome.js';

/** A value before and after a change; it is put back only while it still is what it became. */
export interface Swap<T> {
  readonly before: T;
  readonly after: T;
}

/** What a deleted configuration was to others. */
export interface Deletion {
  readonly was_default: boolean;
  /** The chains it stood in, by the configurations they belong to. */
  readonly chains: Readonly<Record<string, string[]>>;
}

const PASSED: JobOutcome = { state: 'passed' };

/** The changes that many configurations can go through at once, for one of them, each with its way back. */
@Injectable()
export class BulkChanges {
  constructor(
    private readonly changes: LlmConfigChanges,
    private readonly repository: LlmConfigRepository,
    private readonly llmConfigs: LlmConfigService,
    private readonly history: LlmConfigHistoryService,
  ) {}

  /** Switched off, it stops being the default; `wasDefault` makes it that again while no other is. */
  async setActive(id: string, isActive: boolean, wasDefault = false): Promise<JobOutcome> {
    let stopsBeingDefault = false;
    await this.changes.change(id, null, 'llm_config.toggle_status', async (before) => {
      if (before.isActive === isActive) throw new AlreadySo(`It is ${isActive ? 'active' : 'inactive'} already.`);
      stopsBeingDefault = before.isDefault;
      const isDefault = isActive && wasDefault && (await this.hasNoDefault(before));
      return { after: await this.repository.update(id, { isActive, isDefault, updatedBy: this.changes.userId() }) };
    });
    const detail = stopsBeingDefault ? { detail: 'It is no longer the default.' } : {};
    return { ...PASSED, ...detail, undo: { was_default: stopsBeingDefault } };
  }

  async delete(id: string, force: boolean): Promise<JobOutcome> {
    const before = await this.repository.findById(id);
    if (before === null) throw new LlmConfigNotFound(id);
    const undo: Deletion = { was_default: before.isDefault, chains: await this.repository.chainsNaming(id) };
    await this.llmConfigs.delete(id, force, null);
    return { ...PASSED, undo };
  }

  /** Brings a deleted one back, into the chains it stood in and as the default while no other is. */
  async restore(id: string, { was_default, chains }: Deletion): Promise<JobOutcome> {
    const { is_active, is_embedding } = await this.history.restore(id);
    for (const [otherId, chain] of Object.entries(chains)) {
      const other = await this.repository.findById(otherId);
      const left = chain.filter((member) => member !== id);
      if (!other || !isDeepStrictEqual(other.options?.fallbackIds, left)) continue;
      await this.changes.change(otherId, null, 'llm_config.update', async () => ({
        after: await this.repository.update(otherId, { fallbackIds: chain, updatedBy: this.changes.userId() }),
      }));
    }
    if (was_default && is_active && (await this.hasNoDefault({ isEmbedding: is_embedding })))
      await this.llmConfigs.setDefault(id, null);
    return PASSED;
  }

  async addTags(id: string, added: readonly string[]): Promise<JobOutcome> {
    return this.swapTags(id, (tags) => [...tags, ...added], 'It has these tags already.');
  }

  async removeTags(id: string, removed: readonly string[]): Promise<JobOutcome> {
    const words = new Set(removed.map((tag) => tag.toLowerCase()));
    return this.swapTags(
      id,
      (tags) => tags.filter((tag) => !words.has(tag.toLowerCase())),
      'It has none of these tags.',
    );
  }

  /** @throws LlmConfigChangedSince */
  async putTagsBack(id: string, { before: wanted, after: expected }: Swap<string[]>): Promise<JobOutcome> {
    await this.changes.change(id, null, 'llm_config.update', async (config) => {
      if (!isDeepStrictEqual(tagsOf(config), expected)) throw new LlmConfigChangedSince(config.name, 'tags');
      return { after: await this.repository.update(id, { tags: wanted, updatedBy: this.changes.userId() }) };
    });
    return PASSED;
  }

  /** The time for a whole answer, in milliseconds. */
  async setTimeout(id: string, totalMs: number): Promise<JobOutcome> {
    let before: number | null = null;
    await this.changes.change(id, null, 'llm_config.update', async (config) => {
      before = totalMsOf(config);
      if (before === totalMs) throw new AlreadySo(`Its timeout is ${totalMs} ms already.`);
      return { after: await this.writeTimeout(config, totalMs) };
    });
    return { ...PASSED, undo: { before, after: totalMs } satisfies Swap<number | null> };
  }

  /** @throws LlmConfigChangedSince */
  async putTimeoutBack(id: string, { before: wanted, after: expected }: Swap<number | null>): Promise<JobOutcome> {
    await this.changes.change(id, null, 'llm_config.update', async (config) => {
      if (totalMsOf(config) !== expected) throw new LlmConfigChangedSince(config.name, 'timeouts');
      return { after: await this.writeTimeout(config, wanted) };
    });
    return PASSED;
  }

  private async swapTags(id: string, change: (tags: string[]) => string[], alreadySo: string): Promise<JobOutcome> {
    let undo: Swap<string[]> | undefined;
    await this.changes.change(id, null, 'llm_config.update', async (config) => {
      const before = tagsOf(config);
      const after = checkedTags(change(before));
      if (isDeepStrictEqual(before, after)) throw new AlreadySo(alreadySo);
      undo = { before, after };
      return { after: await this.repository.update(id, { tags: after, updatedBy: this.changes.userId() }) };
    });
    return { ...PASSED, undo };
  }

  private writeTimeout(config: LlmConfig, totalMs: number | null): Promise<LlmConfig> {
    const { timeouts, ...rest } = config.extraConfig ?? {};
    const { total_ms: _, ...others } = (timeouts ?? {}) as Record<string, unknown>;
    const wanted = { ...others, ...(totalMs === null ? {} : { total_ms: totalMs }) };
    const extra = { ...rest, ...(Object.keys(wanted).length === 0 ? {} : { timeouts: wanted }) };
    const extraConfig = config.extraConfig === null && Object.keys(extra).length === 0 ? null : extra;
    return this.repository.update(config.id, { extraConfig, updatedBy: this.changes.userId() });
  }

  private async hasNoDefault({ isEmbedding }: Pick<LlmConfig, 'isEmbedding'>): Promise<boolean> {
    return (await this.repository.findDefault(isEmbedding)) === null;
  }
}

function tagsOf(config: LlmConfig): string[] {
  return config.options?.tags ?? [];
}

function totalMsOf(config: LlmConfig): number | null {
  const { total_ms } = (config.extraConfig?.['timeouts'] ?? {}) as { total_ms?: number };
  return total_ms ?? null;
}
