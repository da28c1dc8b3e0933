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
    const made = items.filter(({ undo }) => (undo as ImportUndo).was === 'created');
    const going = new Set(made.flatMap(({ targetId }) => targetId ?? []));
    const outcomes: JobOutcome[] = [];
    for (const item of items) {
      const config = configs.get(item.targetId ?? '');
      outcomes.push(
        config ? await this.undoOne(config, item.undo as ImportUndo, going) : skipped('It is gone already.'),
      );
    }
    return outcomes;
  }

  private async undoOne(config: LlmConfig, undo: ImportUndo, going: ReadonlySet<string>): Promise<JobOutcome> {
    if (config.updatedAt.toISOString() !== undo.updated_at) return skipped('It was changed since.');
    return undo.was === 'created' ? this.remove(config, going) : this.putBack(config);
  }

  /** Chains of what goes as well are no reason to stay. */
  private async remove({ id }: LlmConfig, going: ReadonlySet<string>): Promise<JobOutcome> {
    const users = (await this.uses.of([id])).get(id) ?? [];
    const chains = Object.keys(await this.repository.chainsNaming(id));
    const isUsed = users.some(({ kind }) => kind !== 'fallback chains') || chains.some((other) => !going.has(other));
    if (isUsed) return skipped('It is in use since.');
    await this.changes.change(id, null, 'llm_config.delete', async () => {
      const others = await this.repository.removeFromChains(id);
      await this.repository.delete(id);
      return { after: null, others };
    });
    return PASSED;
  }

  private async putBack({ id }: LlmConfig): Promise<JobOutcome> {
    const { items } = await this.revisions.list(id, 1, 1);
    const [before] = items;
    if (!before) return skipped('What it was is not known any more.');
    const draft = draftOf(before.state);
    const kinds = await this.repository.kindsOf(draft.fallbackIds);
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
