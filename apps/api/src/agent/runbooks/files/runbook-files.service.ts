import { Injectable } from '@nestjs/common';
import type {
  CreateRunbookDto,
  ImportedRunbookDto,
  ImportRunbooksDto,
  RunbookExportDto,
  RunbookExportQueryDto,
  RunbookFileDto,
  RunbookImportDto,
} from '@opsagent/contracts';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import type { Runbook } from '../runbook.entity.js';
import { toRunbookChange } from '../runbook.mapper.js';
import { RunbookRepository } from '../runbook.repository.js';
import { RunbookService } from '../runbook.service.js';
import { RunbookSectionRepository } from '../search/runbook-section.repository.js';
import { FileIsNoRunbook, fileNameOf, fileOfRunbook, runbookOfFile } from './markdown-file.js';

type Read = { readonly file: RunbookFileDto; readonly input: CreateRunbookDto } | ImportedRunbookDto;

/** Runbooks as Markdown files. */
@Injectable()
export class RunbookFilesService {
  constructor(
    private readonly repository: RunbookRepository,
    private readonly runbooks: RunbookService,
    private readonly sections: RunbookSectionRepository,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
  ) {}

  /** Every file by itself: what is none is told, the others are stored together. */
  import({ files }: ImportRunbooksDto): Promise<RunbookImportDto> {
    const read = files.map((file, at) => readOf(file, files.findIndex(({ name }) => name === file.name) < at));
    return this.database.transaction(async () => {
      const known = await this.repository.lockedBySource(files.map(({ name }) => name));
      const items: ImportedRunbookDto[] = [];
      const stored: Runbook[] = [];
      for (const one of read) {
        const [item, runbook] = 'outcome' in one ? [one] : await this.store(one, known.get(one.file.name));
        items.push(item);
        if (runbook) stored.push(runbook);
      }
      await this.sections.replace(stored);
      await this.auditLog.record(entryOf(items));
      return { items, total: items.length };
    });
  }

  async export({ id, skip, limit }: RunbookExportQueryDto): Promise<RunbookExportDto> {
    const [runbooks, total] = await this.repository.page({ id, sort: 'title', skip, limit });
    const files = runbooks.map((runbook) =>
      fileOfRunbook(runbook, runbook.sourceName ?? fileNameOf(runbook.title, runbook.id)),
    );
    return { files, total };
  }

  /** @returns the runbook where it has to be found anew */
  private async store(
    { file: { name }, input }: Extract<Read, { input: CreateRunbookDto }>,
    before: Runbook | undefined,
  ): Promise<[ImportedRunbookDto, Runbook?]> {
    if (!before) {
      const runbook = this.runbooks.newRunbook(input, name);
      await this.repository.add([runbook]);
      return [importedAs('created', name, runbook), runbook];
    }
    const columns = toRunbookChange(input);
    if (isSame(before, columns)) return [importedAs('unchanged', name, before)];
    const after = this.runbooks.changed(before, columns);
    await this.repository.change(before, after);
    return [importedAs('updated', name, after), after];
  }
}

function readOf(file: RunbookFileDto, isSecond: boolean): Read {
  try {
    if (isSecond) throw new FileIsNoRunbook('duplicate', 'There is another file of that name.');
    return { file, input: runbookOfFile(file) };
  } catch (error) {
    if (!(error instanceof FileIsNoRunbook)) throw error;
    const { fault, message } = error;
    return { name: file.name, outcome: 'failed', id: null, title: null, fault, message };
  }
}

function importedAs(outcome: 'created' | 'updated' | 'unchanged', name: string, { id, title }: Runbook) {
  return { name, outcome, id, title, fault: null, message: null };
}

function isSame(before: Runbook, columns: Partial<Runbook>): boolean {
  return Object.entries(columns).every(
    ([name, value]) => JSON.stringify(before[name as keyof Runbook]) === JSON.stringify(value),
  );
}

function entryOf(items: readonly ImportedRunbookDto[]) {
  const of = (outcome: ImportedRunbookDto['outcome']) =>
    items.filter((item) => item.outcome === outcome).map(({ name, id }) => (id === null ? name : `${name} (${id})`));
  const after = { created: of('created'), updated: of('updated'), unchanged: of('unchanged'), failed: of('failed') };
  return { action: 'runbook.import' as const, targetType: 'runbook', targetId: null, targetName: null, after };
}
