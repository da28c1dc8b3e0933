import { Component, type ElementRef, input, output, viewChild } from '@angular/core';
import { Icon } from './icon/icon.js';

/** What a list is searched by. */
@Component({
  selector: 'oa-search-field',
  imports: [Icon],
  template: `
    <svg oaIcon="search"></svg>
    <input
      #field
      class="oa-input"
      type="search"
      [attr.aria-label]="label()"
      [placeholder]="label()"
      [value]="value()"
      (input)="typed.emit(field.value)"
    />
  `,
  styles: `
    :host {
      display: block;
      position: relative;
    }

    svg {
      position: absolute;
      inset-block: 0;
      inset-inline-start: 10px;
      margin-block: auto;
      color: var(--oa-text-muted);
      pointer-events: none;
    }

    input {
      padding-inline-start: 32px;
    }
  `,
})
export class SearchField {
  readonly label = input.required<string>();
  readonly value = input('');
  readonly typed = output<string>();
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  focus(): void {
    this.field().nativeElement.focus();
  }

  empty(): void {
    this.field().nativeElement.value = '';
  }
}
