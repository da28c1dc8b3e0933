import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { JobOutcome, UndoItem } from '../../platform/jobs/job-work.js';
import { JobUndo } from '../../platform/jobs/job-undo.js';
import { LlmConfigChanges } from '../llm-config-changes.js';
import { LlmConfigUses } from '../llm-config-uses.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { draftOf } from '../revisions/revision-state.js';
import { LlmConfigRevisionRepository } from '../revisions/llm-config-revisions.repository.js';
import type { ImportUndo } from './import-writer.js';

const ALL_AT_ONCE = 10_000;
const PASSED: JobOutcome = { state: 'passed' };

/** Takes an import back: what it made goes, what it changed becomes what it was. */
@Injectable()
export class ImportUndoing implements OnModuleInit {
  constructor(
    private readonly undos: JobUndo,
    private readonly database: Database,
    private readonly repository: LlmConfigRepository,
    private readonly revisions: LlmConfigRevisionRepository,
    private readonly changes: LlmConfigChanges,
    private readonly uses: LlmConfigUses,
  ) {}

  onModuleInit(): void {
    const run = (items: readonly UndoItem[]) => this.database.transaction(() => this.undo(items));
    this.undos.register('llm_config_import', () => ({ groupSize: ALL_AT_ONCE, run }));
  }

  /** In one transaction; what was changed or taken into use since is left as it is. */
  private async undo(items: readonly UndoItem[]): Promise<JobOutcome[]> {
    await this.repository.changeAlone();
    const found = await this.repository.listByName({ ids: items.flatMap(({ targetId }) => targetId ?? []) });
    const configs = new Map(found.map((config) => [config.id, config]));
    const [made, changed] = partition(items.filter((item) => isUnchanged(configs.get(item.targetId ?? ''), item)));
    const going = await this.removable(made.flatMap(({ targetId }) => targetId ?? []));
    await this.changes.addOrRemoveMany('llm_config.delete', async () => {
      await this.repository.deleteMany([...going]);
      return found.filter(({ id }) => going.has(id)).map((before) => ({ before, after: null }));
    });
    const outcomes = new Map<UndoItem, JobOutcome>();
    for (const item of changed) outcomes.set(item, await this.putBack(item.targetId ?? ''));
    for (const item of made)
      outcomes.set(item, going.has(item.targetId ?? '') ? PASSED : skipped('It is in use since.'));
    return items.map((item) => outcomes.get(item) ?? leftAlone(configs.get(item.targetId ?? '')));
  }

  /** Those of these that nothing uses; chains of what goes as well are no reason to stay. */
  private async removable(ids: readonly string[]): Promise<Set<string>> {
    const [users, owners] = [await this.uses.of(ids), await this.repository.chainOwnersOf(ids)];
    const isUsed = (id: string): boolean => (users.get(id) ?? []).some(({ kind }) => kind !== 'fallback chains');
    const going = new Set(ids.filter((id) => !isUsed(id)));
    for (let size = -1; size !== going.size;) {
      size = going.size;
      for (const id of going) if ((owners.get(id) ?? []).some((owner) => !going.has(owner))) going.delete(id);
    }
    return going;
  }

  private async putBack(id: string): Promise<JobOutcome> {
    const { items } = await this.revisions.list(id, 1, 1);
    const [before] = items;
    if (!before) return skipped('What it was is not known any more.');
    const draft = draftOf(before.state);
    const kinds = await this.repository.kindsOf(draft.fallbackIds, null);
    const fallbackIds = draft.fallbackIds.filter((other) => kinds.get(other) === draft.isEmbedding);
    const { apiKey, secretHeaders } = before;
    const values = { ...draft, fallbackIds, apiKey, secretHeaders, updatedBy: this.changes.userId() };
    await this.changes.change(id, null, 'llm_config.roll_back', async () => ({
      after: await this.repository.update(id, values),
    }));
    return PASSED;
  }
}

function skipped(detail: string): JobOutcome {
  return { state: 'skipped', detail };
}

function partition(items: readonly UndoItem[]): [UndoItem[], UndoItem[]] {
  const wasMade = ({ undo }: UndoItem): boolean => (undo as ImportUndo).was === 'created';
  return [items.filter(wasMade), items.filter((item) => !wasMade(item))];
}

function isUnchanged(config: LlmConfig | undefined, { undo }: UndoItem): boolean {
  return config?.updatedAt.toISOString() === (undo as ImportUndo).updated_at;
}

function leftAlone(config: LlmConfig | undefined): JobOutcome {
  return skipped(config ? 'It was changed since.' : 'It is gone already.');
}
