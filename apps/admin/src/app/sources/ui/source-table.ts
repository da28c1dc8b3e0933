import { Component, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ToolSourceDto } from '@opsagent/contracts';
import { Icon } from '../../shared/ui/icon/icon.js';
import { LastTest } from '../../shared/ui/last-test.js';
import { Writes } from '../../shared/ui/writes.js';
import { SourceWords } from '../source-words.js';

/** Sources below each other: what they are, where they belong, how their last test went, and their switch. */
@Component({
  selector: 'oa-source-table',
  imports: [Icon, LastTest, TranslocoDirective, Writes],
  templateUrl: './source-table.html',
  styleUrl: '../../shared/ui/settings-table.css',
})
export class SourceTable {
  protected readonly words = inject(SourceWords);
  readonly sources = input.required<readonly ToolSourceDto[]>();
  readonly mayChange = input.required<boolean>();
  /** Those that are being tested now. */
  readonly tested = input.required<ReadonlySet<string>>();
  readonly opened = output<ToolSourceDto>();
  readonly switched = output<{ source: ToolSourceDto; isActive: boolean }>();
  readonly tried = output<ToolSourceDto>();

  /** The box shows what is, which the answer of the server changes. */
  protected toggle(box: HTMLInputElement, source: ToolSourceDto): void {
    const isActive = box.checked;
    box.checked = source.is_active;
    this.switched.emit({ source, isActive });
  }
}
