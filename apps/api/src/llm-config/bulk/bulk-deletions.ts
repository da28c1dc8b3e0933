import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { JobOutcome } from '../../platform/jobs/job-work.js';
import { LlmConfigAccess } from '../access/llm-config-access.js';
import { LlmConfigChanges } from '../llm-config-changes.js';
import { LlmConfigKeys } from '../llm-config-keys.js';
import { LlmConfigUses } from '../llm-config-uses.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigInUse } from '../llm-config.errors.js';
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

/** What concerns other configurations as well: deletions, their way back, the default. */
@Injectable()
export class BulkDeletions {
  constructor(
    private readonly database: Database,
    private readonly repository: LlmConfigRepository,
    private readonly changes: LlmConfigChanges,
    private readonly access: LlmConfigAccess,
    private readonly keys: LlmConfigKeys,
    private readonly uses: LlmConfigUses,
    private readonly llmConfigs: LlmConfigService,
    private readonly history: LlmConfigHistoryService,
  ) {}

  /** @param force also those in use */
  async deleteAll(targets: readonly Target[], force: boolean): Promise<JobOutcome[]> {
    const ids = targets.map(({ targetId }) => targetId);
    const undos = new Map<string, Deletion>();
    const refused = await this.database.transaction(async () => {
      await this.repository.changeAlone();
      const uses = force ? new Map<string, string>() : await this.usesOf(ids);
      const decide = (before: LlmConfig): LlmConfig => {
        const use = uses.get(before.id);
        if (use !== undefined) throw new LlmConfigInUse(before.name, use);
        return before;
      };
      return this.changes.changeMany(ids, 'llm_config.delete', decide, (decided) => this.remove(decided, undos));
    });
    for (const id of undos.keys()) this.keys.forget(id);
    return ids.map((id) => (undos.has(id) ? { state: 'passed', undo: undos.get(id) } : leftBy(refused.get(id))));
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

  /** Removes them, and puts into `undos` what each was to others. */
  private async remove(befores: ReadonlyMap<string, LlmConfig>, undos: Map<string, Deletion>) {
    const ids = [...befores.keys()];
    const others = await this.repository.removeFromChains(...ids);
    const chains = new Map(others.map(({ id, options }) => [id, options?.fallbackIds ?? []]));
    for (const [id, { isDefault }] of befores) {
      chains.delete(id);
      const named = [...chains].filter(([, chain]) => chain.includes(id));
      undos.set(id, { was_default: isDefault, chains: Object.fromEntries(named) });
      for (const [otherId, chain] of named) chains.set(otherId, without(chain, id));
    }
    await this.repository.delete(...ids);
    return { afters: new Map<string, LlmConfig>(), others: others.filter(({ id }) => !befores.has(id)) };
  }

  /** What forbids a deletion that is not forced; the default may go when it is the last of its kind. */
  private async usesOf(ids: readonly string[]): Promise<Map<string, string>> {
    const uses = await this.uses.sentencesFor(ids);
    for (const isEmbedding of [false, true]) {
      const id = (await this.repository.findDefault(isEmbedding))?.id;
      if (id === undefined || !ids.includes(id) || (await this.repository.countOtherActive(id, isEmbedding)) === 0)
        continue;
      uses.set(id, ['the default', uses.get(id)].filter(Boolean).join(' and '));
    }
    return uses;
  }

  private async restore(id: string, { was_default, chains }: Deletion): Promise<JobOutcome> {
    const { is_active, is_embedding } = await this.history.restore(id);
    for (const [otherId, chain] of Object.entries(chains)) await this.returnToChain(id, otherId, chain);
    if (was_default && is_active) await this.makeDefaultIfNone(id, is_embedding);
    return { state: 'passed' };
  }

  /** A chain that somebody changed since stays, and so does one that is not the actor's to change. */
  private async returnToChain(id: string, otherId: string, fallbackIds: string[]): Promise<void> {
    const other = await this.repository.findById(otherId);
    if (!other || !this.access.mayEdit(other)) return;
    if (!isDeepStrictEqual(other.options?.fallbackIds, without(fallbackIds, id))) return;
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

function without(chain: readonly string[], id: string): string[] {
  return chain.filter((member) => member !== id);
}
