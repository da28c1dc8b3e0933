import { Component, inject, input, output, viewChild } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { AUDIT_ACTION } from '@opsagent/contracts/constants';
import { Icon } from '../../shared/ui/icon/icon.js';
import { SearchField } from '../../shared/ui/search-field.js';
import { ANY, type AuditQuery, isFiltered } from '../audit-query.js';
import { AuditWords } from '../audit-words.js';

const FEATURES = [...new Set(AUDIT_ACTION.values.map((action) => action.split('.')[0] ?? action))];

/** The search and the filters above the log. */
@Component({
  selector: 'oa-audit-filters',
  imports: [TranslocoDirective, Icon, SearchField],
  templateUrl: './audit-filters.html',
  styleUrl: './audit-filters.css',
})
export class AuditFilters {
  readonly query = input.required<AuditQuery>();
  readonly changed = output<Partial<AuditQuery>>();
  protected readonly words = inject(AuditWords);
  protected readonly isFiltered = isFiltered;
  protected readonly any = ANY;
  protected readonly groups = FEATURES.map((feature) => ({
    feature,
    actions: AUDIT_ACTION.values.filter((action) => action.startsWith(`${feature}.`)),
  }));
  private readonly search = viewChild.required(SearchField);

  focus(): void {
    this.search().focus();
  }

  protected change(part: Partial<AuditQuery>): void {
    this.changed.emit(part);
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement).value;
  }

  protected resultOf(event: Event): AuditQuery['result'] {
    const value = this.valueOf(event);
    return value === 'done' || value === 'refused' ? value : '';
  }
}
