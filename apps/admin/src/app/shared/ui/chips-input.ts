import { Component, type ElementRef, input, model, signal, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Control } from './field.js';
import { Icon } from './icon/icon.js';

/** A list of short words inside an `oa-field`: `Enter` or a comma adds one, `Backspace` in the empty input takes the last away. */
@Component({
  selector: 'oa-chips-input',
  imports: [Control, Icon, TranslocoPipe],
  template: `
    @if (values().length > 0) {
      <ul>
        @for (value of values(); track value) {
          <li class="oa-chip">
            {{ value }}
            <button
              type="button"
              [attr.aria-label]="'common.remove' | transloco: { name: value }"
              (click)="remove(value)"
            >
              <svg oaIcon="x" size="12"></svg>
            </button>
          </li>
        }
      </ul>
    }
    <input
      #control
      oaControl
      autocomplete="off"
      [placeholder]="placeholder()"
      [maxLength]="longest()"
      [value]="typed()"
      (input)="type($any($event.target).value)"
      (keydown)="key($event)"
      (blur)="take()"
    />
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-2);
    }

    ul {
      display: flex;
      flex-wrap: wrap;
      gap: var(--oa-space-2);
    }

    li {
      max-width: 100%;
      min-height: 24px;
      color: var(--oa-text);
      white-space: normal;
    }

    button {
      display: inline-grid;
      place-items: center;
      min-width: 24px;
      min-height: 24px;
      margin-inline-end: -6px;
      border: 0;
      background: transparent;
      color: inherit;
      cursor: pointer;
    }

    @media (width < 768px) {
      button {
        min-width: 44px;
        min-height: 44px;
      }
    }
  `,
})
export class ChipsInput {
  private readonly control = viewChild.required<ElementRef<HTMLInputElement>>('control');
  readonly values = model.required<string[]>();
  readonly placeholder = input('');
  readonly longest = input(50);
  protected readonly typed = signal('');

  /** A pasted list becomes its words. */
  protected type(text: string): void {
    const parts = text.split(/[,，、]/);
    this.typed.set(parts.pop() ?? '');
    this.add(parts);
  }

  protected key(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.take();
    } else if (event.key === 'Backspace' && this.typed() === '') {
      this.values.update((values) => values.slice(0, -1));
    }
  }

  protected take(): void {
    this.add([this.typed()]);
    this.typed.set('');
  }

  protected remove(value: string): void {
    this.values.update((values) => values.filter((other) => other !== value));
    this.control().nativeElement.focus();
  }

  private add(words: readonly string[]): void {
    const added = words.map((word) => word.trim()).filter(Boolean);
    if (added.length > 0) this.values.update((values) => [...new Set([...values, ...added])]);
  }
}
