import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  IMPORT_ACTION,
  type ImportAction,
  type ImportLlmConfigsDto,
  type ImportPlanDto,
  type JobDto,
} from '@opsagent/contracts';
import { Database } from '../../platform/database/database.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LlmConfigStore } from '../llm-config-store.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { ImportWriter } from './import-writer.js';
import { ImportPlanner } from './plan/import-planner.js';
import type { PlannedItem } from './plan/planned-item.js';
import { FileTrees } from './reading/file-tree.js';
import { contentsOf } from './sources/file-contents.js';
import type { FileContents } from './sources/file-item.js';
import { ImportPlanChanged } from './transfer.errors.js';

/** Reads configurations from a file: first a plan, then all of it or nothing. */
@Injectable()
export class LlmConfigImportService {
  constructor(
    private readonly trees: FileTrees,
    private readonly planner: ImportPlanner,
    private readonly writer: ImportWriter,
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly repository: LlmConfigRepository,
    private readonly store: LlmConfigStore,
  ) {}

  /** What an import would do. @throws ImportUnreadable; InvalidInput for a passphrase that does not open the file */
  async plan(input: ImportLlmConfigsDto): Promise<ImportPlanDto> {
    const contents = await this.contentsOf(input);
    const items = await this.planner.plan(contents);
    const dtos = items.map(({ dto }) => dto);
    return { source: contents.source, items: dtos, fingerprint: fingerprintOf(input, items), counts: countsOf(dtos) };
  }

  /**
   * Does it, in one transaction, as a job that is over and can be undone.
   * @throws as `plan` does; ImportPlanChanged when it would do something else than the plan that was looked at
   */
  async import(input: ImportLlmConfigsDto): Promise<JobDto> {
    const contents = await this.contentsOf(input);
    const job = await this.database.transaction(async () => {
      await this.repository.changeAlone();
      const items = await this.planner.plan(contents);
      if (input.fingerprint && input.fingerprint !== fingerprintOf(input, items)) throw new ImportPlanChanged();
      const done = await this.writer.write(items, input.decisions ?? []);
      return this.jobs.record({ kind: 'llm_config_import', action: contents.source, items: done });
    });
    // The word that goes to all processes with the commit reaches this one a moment later.
    for (const { target_id: id } of job.items) if (id !== null) this.store.forget(id);
    return job;
  }

  private async contentsOf({ content, source, passphrase }: ImportLlmConfigsDto): Promise<FileContents> {
    return contentsOf(await this.trees.read(content), source ?? null, passphrase || null);
  }
}

/** Stands for the file, for what would become of it, and for the states that it would change. */
function fingerprintOf({ content }: ImportLlmConfigsDto, items: readonly PlannedItem[]): string {
  const hash = createHash('sha256').update(content);
  for (const { dto, existing } of items) hash.update(JSON.stringify([dto, existing?.updatedAt]));
  return hash.digest('base64url');
}

function countsOf(items: readonly { action: ImportAction }[]): Record<ImportAction, number> {
  const counts = Object.fromEntries(IMPORT_ACTION.values.map((action) => [action, 0])) as Record<ImportAction, number>;
  for (const { action } of items) counts[action] += 1;
  return counts;
}
