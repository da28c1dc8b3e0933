import { Component, computed, effect, inject, input, output, signal, untracked } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { visibleText } from '../../shared/data/visible-text.js';
import { Formats } from '../../shared/i18n/formats.js';
import { RowWindow } from '../../shared/ui/data-table/row-window-directive.js';
import { Modal } from '../../shared/ui/modal.js';
import { evenRows, type RowRange } from '../../shared/ui/rows-in-view.js';
import { State } from '../../shared/ui/state.js';
import { ArtifactLines } from '../artifact-lines.js';

const LINE_PX = 20;

/** A big result of a tool, line by line; only what is in view is read and drawn. */
@Component({
  selector: 'oa-artifact-dialog',
  imports: [Modal, RowWindow, State, TranslocoDirective],
  providers: [ArtifactLines],
  templateUrl: './artifact-dialog.html',
  styleUrl: './artifact-dialog.css',
})
export class ArtifactDialog {
  protected readonly lines = inject(ArtifactLines);
  protected readonly formats = inject(Formats);
  readonly id = input.required<string>();
  readonly heading = input.required<string>();
  readonly dismissed = output();
  protected readonly places = computed(() => evenRows(this.lines.artifact()?.lines ?? 0, LINE_PX));
  private readonly range = signal<RowRange>({ start: 0, end: 0 });
  protected readonly shown = computed(() => {
    const { start, end } = this.range();
    return Array.from({ length: Math.max(0, end - start) }, (_, index) => {
      const number = start + index + 1;
      const text = this.lines.line(number);
      return { number, top: (number - 1) * LINE_PX, text: text === null ? null : visibleText(text) };
    });
  });
  protected readonly height = computed(() => this.places().count * LINE_PX);

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => void this.lines.open(id));
    });
  }

  protected look(range: RowRange): void {
    this.range.set(range);
    void this.lines.show(range.start + 1, range.end);
  }
}
