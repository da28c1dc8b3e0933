import { Component, type ElementRef, input, output, viewChild } from '@angular/core';
import { menuItems, moveInMenu, placeMenu } from './menu-keys.js';

/** A menu that many buttons share, such as those of a table's rows: it opens at the button that asks. Entries as in `oa-menu`. */
@Component({
  selector: 'oa-menu-panel',
  template: `
    <div
      #panel
      popover
      role="menu"
      class="panel"
      tabindex="-1"
      [attr.aria-label]="label()"
      (toggle)="toggled($event)"
      (click)="close()"
      (keydown)="move($event)"
    >
      <ng-content />
    </div>
  `,
  styleUrl: './menu.css',
})
export class MenuPanel {
  readonly label = input.required<string>();
  readonly closed = output();
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');
  private opener: HTMLElement | null = null;

  open(button: HTMLElement): void {
    this.opener = button;
    const panel = this.panel().nativeElement;
    placeMenu(panel, button);
    panel.showPopover();
  }

  protected toggled({ newState }: ToggleEvent): void {
    if (newState === 'open') menuItems(this.panel().nativeElement)[0]?.focus();
    else this.closed.emit();
  }

  protected close(): void {
    this.panel().nativeElement.hidePopover();
    this.opener?.focus();
  }

  protected move(event: KeyboardEvent): void {
    moveInMenu(this.panel().nativeElement, event);
  }
}
