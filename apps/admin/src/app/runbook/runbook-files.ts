import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { ImportedRunbookDto } from '@opsagent/contracts';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { saveFile } from '../shared/data/save-file.js';
import { Toasts } from '../shared/ui/toasts.js';
import { pickedFiles } from './picked-files.js';
import { RunbookClient } from './runbook-client.js';

/** Brings runbooks in from files and out again, and says what became of it. */
@Service()
export class RunbookFiles {
  private readonly client = inject(RunbookClient);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);

  /** What became of each file; batches behind one that the server did not take are not sent. */
  async import(files: readonly File[]): Promise<ImportedRunbookDto[]> {
    const { batches, refused } = await pickedFiles(files);
    const message = this.transloco.translate<string>('runbooks.import.refused');
    const items: ImportedRunbookDto[] = refused.map((name) => ({
      ...{ name, outcome: 'failed', id: null, title: null, fault: null, message },
    }));
    await this.attempt(async () => {
      for (const batch of batches) items.push(...(await this.client.import(batch)).items);
    });
    return items;
  }

  async exportOne(id: string): Promise<void> {
    await this.attempt(async () => {
      const file = await this.client.file(id);
      if (file) saveFile(file.name, file.text);
    });
  }

  async exportAll(): Promise<void> {
    await this.attempt(async () => {
      const files = await this.client.files();
      saveFile('opsagent-runbooks.json', JSON.stringify({ files }, null, 2));
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
  }
}
