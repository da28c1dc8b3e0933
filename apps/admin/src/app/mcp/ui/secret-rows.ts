import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../../shared/ui/icon/icon.js';
import { EMPTY_ROW, type SecretRow } from '../mcp-draft.js';

/** Headers or variables by name; a value is seen by nobody once it is stored. */
@Component({
  selector: 'oa-secret-rows',
  imports: [Icon, TranslocoDirective],
  templateUrl: './secret-rows.html',
  styleUrl: './secret-rows.css',
})
export class SecretRows {
  readonly label = input.required<string>();
  readonly placeholder = input.required<string>();
  readonly rows = input.required<readonly SecretRow[]>();
  readonly error = input.required<string>();
  readonly changed = output<readonly SecretRow[]>();

  protected add(): void {
    this.changed.emit([...this.rows(), EMPTY_ROW]);
  }

  protected set(index: number, part: Partial<SecretRow>): void {
    this.changed.emit(this.rows().map((row, at) => (at === index ? { ...row, ...part } : row)));
  }

  /** What is stored goes when the form is saved. */
  protected remove(index: number): void {
    if (this.rows()[index]?.isStored) return this.set(index, { isForgotten: true, value: '' });
    this.changed.emit(this.rows().filter((_, at) => at !== index));
  }
}
