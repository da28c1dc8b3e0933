import { Component, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Formats } from '../../shared/i18n/formats.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import type { LimitLine, LimitRow } from '../limit-rows.js';
import { LimitWords } from '../limit-words.js';

/** Subjects with their limits below each other: how much there may be, how much is used, and when it counts from nothing again. */
@Component({
  selector: 'oa-limit-table',
  imports: [Icon, TranslocoDirective],
  templateUrl: './limit-table.html',
  styleUrl: './limit-table.css',
})
export class LimitTable {
  protected readonly formats = inject(Formats);
  protected readonly words = inject(LimitWords);
  readonly rows = input.required<readonly LimitRow[]>();
  readonly canOpen = input.required<boolean>();
  readonly opened = output<LimitRow>();

  /** One line without a limit for who has none at all. */
  protected linesOf({ lines }: LimitRow): readonly (LimitLine | null)[] {
    return lines.length > 0 ? lines : [null];
  }

  protected percent(line: LimitLine): string {
    return this.formats.percent(Math.floor(this.words.part(line) * 100) / 100);
  }

  protected width(line: LimitLine): number {
    return Math.min(100, this.words.part(line) * 100);
  }
}
