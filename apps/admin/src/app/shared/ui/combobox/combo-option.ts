import { Directive, input, TemplateRef, inject } from '@angular/core';

/** One thing that can be chosen. */
export interface ComboOption {
  readonly value: string;
  /** What stands in the field when it is chosen, and what it is found by. */
  readonly label: string;
  /** Further words it is found by. */
  readonly words?: readonly string[];
  /** Shown, but not to be had. */
  readonly isDisabled?: boolean;
}

/** Options under one heading; an empty one has none. */
export interface ComboGroup<T extends ComboOption = ComboOption> {
  readonly heading: string;
  readonly options: readonly T[];
}

/**
 * How an option looks in the list, `<ng-template oaComboOption [oaComboOptionOf]="groups" let-option>`; `oaComboOptionOf` only
 * tells the template the type of its option. Without it the label stands there.
 */
@Directive({ selector: 'ng-template[oaComboOption]' })
export class ComboOptionLook<T extends ComboOption> {
  readonly template = inject<TemplateRef<{ $implicit: T }>>(TemplateRef);
  readonly oaComboOptionOf = input.required<readonly ComboGroup<T>[]>();

  static ngTemplateContextGuard<T extends ComboOption>(
    _: ComboOptionLook<T>,
    context: unknown,
  ): context is { $implicit: T } {
    return Boolean(context);
  }
}
