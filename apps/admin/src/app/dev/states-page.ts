import { Component, inject, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Problem } from '../shared/data/problem.js';
import { Confirm } from '../shared/ui/confirm.js';
import { DataTable } from '../shared/ui/data-table/data-table.js';
import { PagedRows } from '../shared/ui/data-table/paged-rows.js';
import { TableCell } from '../shared/ui/data-table/table-cell.js';
import type { TableColumn } from '../shared/ui/data-table/table-column.js';
import { clientRows } from '../shared/ui/data-table/table-rows.js';
import { Drawer } from '../shared/ui/drawer.js';
import { Control, Field } from '../shared/ui/field.js';
import { PasswordInput } from '../shared/ui/password-input.js';
import { StaleDialog } from '../shared/ui/stale-dialog.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';

interface Sample {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

const problem = (part: Partial<Problem>): Problem => ({
  status: 500,
  code: 'internal/unexpected',
  detail: 'connect ECONNREFUSED 127.0.0.1:5432',
  requestId: '5d5f3c66-3a6c-4c5b-9c5a-0d4a1f6c2b11',
  permission: null,
  errors: [],
  current: undefined,
  retryAfter: null,
  ...part,
});

const sample = (index: number): Sample => ({
  id: `row-${index}`,
  name: `web-${String(index).padStart(5, '0')}`,
  note: `10.0.${Math.floor(index / 256)}.${index % 256}`,
});

const ROWS = 10_000;

/** Every state and every shared part on one page, for looking at; only in development builds. */
@Component({
  selector: 'oa-states-page',
  imports: [TranslocoDirective, Control, DataTable, Drawer, Field, PasswordInput, StaleDialog, State, TableCell],
  templateUrl: './states-page.html',
  styles: `
    section {
      padding: var(--oa-space-4);
      border: 1px solid var(--oa-border);
      border-radius: var(--oa-radius-card);
    }

    oa-data-table {
      height: 240px;
    }
  `,
})
export class StatesPage {
  private readonly toasts = inject(Toasts);
  private readonly confirm = inject(Confirm);
  protected readonly failures: readonly Problem[] = [
    problem({}),
    problem({ status: 403, code: 'access/forbidden', detail: '', permission: 'llm_configs.write' }),
    problem({ status: 0, code: 'offline', detail: '', requestId: null }),
    problem({ status: 418, code: 'odd/unknown', detail: 'An unknown code keeps the server’s own words.' }),
  ];
  protected readonly partial = problem({ status: 503, code: 'http-503' });
  protected readonly columns: readonly TableColumn[] = [
    { id: 'name', label: 'secrets.name', width: 200, isGrowing: true, sort: 'name', isFixed: true, card: 'title' },
    { id: 'note', label: 'secrets.value', width: 200, card: 'line' },
  ];
  private readonly samples = Array.from({ length: ROWS }, (_, index) => sample(index));
  protected readonly typed: readonly Sample[] = [];
  protected readonly here = clientRows(this.samples);
  /** As a server would answer, a little later. */
  protected readonly paged = new PagedRows<Sample>((skip, limit) =>
    Promise.resolve({ items: this.samples.slice(skip, skip + limit), total: ROWS }),
  );
  protected readonly none = clientRows<Sample>([]);
  protected readonly nameOf = (row: Sample): string => row.name;
  protected readonly layer = signal<'drawer' | 'stale' | null>(null);
  protected readonly differences = [{ label: 'secrets.name', mine: 'gpu-1', current: 'gpu-2' }];

  protected say(kind: 'done' | 'undo' | 'failed'): void {
    const text = this.samples[0]?.name ?? '';
    if (kind === 'failed') this.toasts.failed(text);
    else this.toasts.done(text, kind === 'undo' ? { label: '↩', run: () => this.say('done') } : undefined);
  }

  protected ask(): void {
    void this.confirm.ask({ title: '3 × web', text: '10.0.0.1', confirm: '✕ 3', isDangerous: true, typed: 'web' });
  }
}
