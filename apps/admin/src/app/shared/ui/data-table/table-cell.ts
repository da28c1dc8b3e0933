import { Directive, inject, input, TemplateRef } from '@angular/core';

/**
 * The cells of one column: `<ng-template oaCell="name" [oaCellOf]="rows" let-row>`; `oaCellOf` only tells the template the
 * type of its row.
 */
@Directive({ selector: 'ng-template[oaCell]' })
export class TableCell<T> {
  readonly template = inject<TemplateRef<{ $implicit: T }>>(TemplateRef);
  readonly oaCell = input.required<string>();
  readonly oaCellOf = input.required<readonly T[]>();

  static ngTemplateContextGuard<T>(_: TableCell<T>, context: unknown): context is { $implicit: T } {
    return Boolean(context);
  }
}
