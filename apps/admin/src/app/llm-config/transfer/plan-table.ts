import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ImportItemDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { DataTable } from '../../shared/ui/data-table/data-table.js';
import { TableCell } from '../../shared/ui/data-table/table-cell.js';
import type { TableColumn } from '../../shared/ui/data-table/table-column.js';
import { clientRows } from '../../shared/ui/data-table/table-rows.js';
import { LlmConfigWords } from '../llm-config-words.js';
import { type Choices, choiceOf, choicesFor, type ItemChoice } from './import-choices.js';

const COLUMNS: readonly TableColumn[] = [
  { id: 'name', label: 'configs.column.name', width: 180, isGrowing: true, card: 'title' },
  { id: 'action', label: 'configs.import.column.action', width: 150, card: 'aside' },
  { id: 'what', label: 'configs.import.column.what', width: 320, isGrowing: true, card: 'line' },
  { id: 'line', label: 'configs.import.column.line', width: 72 },
  { id: 'choice', label: 'configs.import.column.choice', width: 132, isFixed: true, card: 'actions' },
];

/** A row of the table: one item of the plan. */
type Row = ImportItemDto & { readonly id: string };

/** What an import would do with each configuration of a file, and what the user makes of it. */
@Component({
  selector: 'oa-plan-table',
  imports: [TranslocoDirective, DataTable, TableCell],
  templateUrl: './plan-table.html',
  styleUrl: './plan-table.css',
})
export class PlanTable {
  private readonly words = inject(LlmConfigWords);
  protected readonly formats = inject(Formats);
  protected readonly columns = COLUMNS;
  readonly items = input.required<readonly ImportItemDto[]>();
  readonly choices = input.required<Choices>();
  readonly opened = output<ImportItemDto>();
  readonly chosen = output<{ readonly index: number; readonly choice: ItemChoice }>();

  protected readonly typed = computed<readonly Row[]>(() =>
    this.items().map((item) => ({ ...item, id: String(item.index) })),
  );
  protected readonly rows = computed(() => clientRows(this.typed()));
  protected readonly nameOf = ({ name }: Row): string => name;
  protected readonly choicesFor = choicesFor;

  protected choiceOf(item: Row): ItemChoice | undefined {
    return choiceOf(item, this.choices());
  }

  /** Why, or else which fields. */
  protected summary({ action, changes, reasons }: Row): string {
    if (reasons.length > 0) return reasons.join(' ');
    return action === 'change' ? changes.map(({ field }) => this.words.label(field)).join(' · ') : '';
  }

  protected choose({ index }: Row, choice: string): void {
    this.chosen.emit({ index, choice: choice as ItemChoice });
  }
}
