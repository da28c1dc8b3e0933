import { Component, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ToolSourceDto } from '@opsagent/contracts';
import { Icon } from '../../shared/ui/icon/icon.js';
import { Writes } from '../../shared/ui/writes.js';
import { SourceWords } from '../source-words.js';
import { LastTest } from './last-test.js';

/** Sources below each other: what they are, where they belong, how their last test went, and their switch. */
@Component({
  selector: 'oa-source-table',
  imports: [Icon, LastTest, TranslocoDirective, Writes],
  templateUrl: './source-table.html',
  styleUrl: './source-table.css',
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
}
