import { afterNextRender, DestroyRef, Directive, ElementRef, inject, input, output } from '@angular/core';

/**
 * Opens a native `<dialog>` as a modal for as long as it is in the page: focus stays inside and goes back to the opener.
 * An element with `data-first` gets the focus first. `Esc` and a press on the backdrop ask through `dismissed`; the owner decides.
 */
@Directive({
  selector: 'dialog[oaModal]',
  host: {
    '(keydown.escape)': 'escape($event)',
    '(cancel)': 'cancel($event)',
    '(pointerdown)': 'press($event)',
  },
})
export class Modal {
  private readonly dialog = inject<ElementRef<HTMLDialogElement>>(ElementRef).nativeElement;
  /** Whether a press outside counts as a wish to close. */
  readonly closesOutside = input(true);
  readonly dismissed = output();

  constructor() {
    afterNextRender(() => {
      this.dialog.showModal();
      this.dialog.querySelector<HTMLElement>('[data-first]')?.focus();
    });
    inject(DestroyRef).onDestroy(() => this.dialog.close());
  }

  protected escape(event: Event): void {
    if ((event as KeyboardEvent).isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.dismissed.emit();
  }

  /** The browser's own ways to close, such as the back gesture of a phone. */
  protected cancel(event: Event): void {
    if (event.target !== this.dialog) return;
    event.preventDefault();
    this.dismissed.emit();
  }

  protected press(event: PointerEvent): void {
    if (event.target !== this.dialog || !this.closesOutside()) return;
    const box = this.dialog.getBoundingClientRect();
    const isInside =
      event.clientX >= box.left &&
      event.clientX <= box.right &&
      event.clientY >= box.top &&
      event.clientY <= box.bottom;
    if (!isInside) this.dismissed.emit();
  }
}
