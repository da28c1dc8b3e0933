import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { JobOutcome } from '../../platform/jobs/job-work.js';
import { LlmConfigChanges } from '../llm-config-changes.js';
import { LlmConfigNotFound } from '../llm-config.errors.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { LlmConfigService } from '../llm-config.service.js';
import { LlmConfigHistoryService } from '../revisions/llm-config-history.service.js';
import type { Target, UndoTarget } from './bulk-changes.js';
import { leftBy } from './bulk-outcome.js';

/** What a deleted configuration was to others. */
interface Deletion {
  readonly was_default: boolean;
  /** The chains it stood in, by the configurations they belong to. */
  readonly chains: Readonly<Record<string, string[]>>;
}

/** What concerns others as well goes one after the other: deletions, their way back, the default. */
@Injectable()
export class BulkDeletions {
  constructor(
    private readonly database: Database,
    private readonly repository: LlmConfigRepository,
    private readonly changes: LlmConfigChanges,
    private readonly llmConfigs: LlmConfigService,
    private readonly history: LlmConfigHistoryService,
  ) {}

  /** @param force also those in use */
  deleteAll(targets: readonly Target[], force: boolean): Promise<JobOutcome[]> {
    return this.oneByOne(targets, ({ targetId }) => this.delete(targetId, force));
  }

  /** Brings deleted ones back, into the chains they stood in and as the default while no other is. */
  restoreAll(targets: readonly UndoTarget[]): Promise<JobOutcome[]> {
    return this.oneByOne(targets, ({ targetId, undo }) => this.restore(targetId, undo as Deletion));
  }

  /** Makes the one of these that was the default when it was switched off the default again, while no other is. */
  async returnDefault(targets: readonly UndoTarget[]): Promise<void> {
    for (const { targetId } of targets.filter(({ undo }) => (undo as Deletion).was_default)) {
      const config = await this.repository.findById(targetId);
      if (config?.isActive) await this.makeDefaultIfNone(targetId, config.isEmbedding);
    }
  }

  private async delete(id: string, force: boolean): Promise<JobOutcome> {
    const before = await this.repository.findById(id);
    if (before === null) throw new LlmConfigNotFound(id);
    const undo: Deletion = { was_default: before.isDefault, chains: await this.repository.chainsNaming(id) };
    await this.llmConfigs.delete(id, force, null);
    return { state: 'passed', undo };
  }

  private async restore(id: string, { was_default, chains }: Deletion): Promise<JobOutcome> {
    const { is_active, is_embedding } = await this.history.restore(id);
    for (const [otherId, chain] of Object.entries(chains)) await this.returnToChain(id, otherId, chain);
    if (was_default && is_active) await this.makeDefaultIfNone(id, is_embedding);
    return { state: 'passed' };
  }

  /** A chain that somebody changed since stays. */
  private async returnToChain(id: string, otherId: string, fallbackIds: string[]): Promise<void> {
    const other = await this.repository.findById(otherId);
    const without = fallbackIds.filter((member) => member !== id);
    if (!other || !isDeepStrictEqual(other.options?.fallbackIds, without)) return;
    await this.changes.change(otherId, null, 'llm_config.update', async () => ({
      after: await this.repository.update(otherId, { fallbackIds, updatedBy: this.changes.userId() }),
    }));
  }

  private async makeDefaultIfNone(id: string, isEmbedding: boolean): Promise<void> {
    if ((await this.repository.findDefault(isEmbedding)) === null) await this.llmConfigs.setDefault(id, null);
  }

  /** Many in one transaction, of which each can fail alone. */
  private oneByOne<T>(targets: readonly T[], one: (target: T) => Promise<JobOutcome>): Promise<JobOutcome[]> {
    return this.database.transaction(async () => {
      await this.repository.changeAlone();
      const outcomes: JobOutcome[] = [];
      for (const target of targets) outcomes.push(await this.database.part(() => one(target)).catch(leftBy));
      return outcomes;
    });
  }
}
