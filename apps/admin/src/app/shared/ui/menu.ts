import { Component, type ElementRef, input, output, signal, viewChild } from '@angular/core';
import { menuItems, moveInMenu, placeMenu } from './menu-keys.js';

let nextId = 1;

/**
 * A button that opens a menu. The button's content goes into `[trigger]`, the entries are
 * `<button role="menuitem" class="oa-menu-item">` elements.
 */
@Component({
  selector: 'oa-menu',
  template: `
    <button
      #button
      type="button"
      aria-haspopup="menu"
      [class]="'oa-button ' + look()"
      [attr.aria-label]="label()"
      [title]="label()"
      [attr.aria-expanded]="isOpen()"
      [attr.aria-controls]="id"
      [attr.popovertarget]="id"
      (keydown.arrowDown)="open($event)"
    >
      <ng-content select="[trigger]" />
    </button>
    <div
      #panel
      popover
      role="menu"
      class="panel"
      tabindex="-1"
      [id]="id"
      [attr.aria-label]="label()"
      (beforetoggle)="place($event)"
      (toggle)="focusFirst($event)"
      (click)="close()"
      (keydown)="move($event)"
    >
      <ng-content />
    </div>
  `,
  styleUrl: './menu.css',
})
export class Menu {
  readonly label = input.required<string>();
  /** The look of the button, in the words of `.oa-button`. */
  readonly look = input('ghost icon');
  readonly opened = output();
  protected readonly id = `oa-menu-${nextId++}`;
  protected readonly isOpen = signal(false);
  private readonly button = viewChild.required<ElementRef<HTMLElement>>('button');
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');

  protected open(event: Event): void {
    event.preventDefault();
    this.panel().nativeElement.showPopover();
  }

  protected close(): void {
    this.panel().nativeElement.hidePopover();
    this.button().nativeElement.focus();
  }

  protected place(event: ToggleEvent): void {
    this.isOpen.set(event.newState === 'open');
    if (event.newState === 'open') this.opened.emit();
    if (event.newState !== 'open') return;
    placeMenu(this.panel().nativeElement, this.button().nativeElement);
  }

  protected focusFirst(event: ToggleEvent): void {
    if (event.newState === 'open') menuItems(this.panel().nativeElement)[0]?.focus();
  }

  protected move(event: KeyboardEvent): void {
    moveInMenu(this.panel().nativeElement, event);
  }
}
