import { Directive, ElementRef, inject, output } from '@angular/core';

/** The edge of a heading: dragging it makes the column wider or narrower, a double press gives back its own width. */
@Directive({
  selector: '[oaColumnEdge]',
  host: {
    'aria-hidden': 'true',
    '(pointerdown)': 'grip($event)',
    '(pointermove)': 'drag($event)',
    '(pointerup)': 'release($event)',
    '(dblclick)': 'resized.emit(null)',
  },
})
export class ColumnEdge {
  private readonly edge = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly resized = output<number | null>();
  private from: { readonly x: number; readonly width: number } | null = null;

  protected grip(event: PointerEvent): void {
    const heading = this.edge.closest<HTMLElement>('[role=columnheader]');
    if (!heading || event.button !== 0) return;
    event.preventDefault();
    this.edge.setPointerCapture(event.pointerId);
    this.from = { x: event.clientX, width: heading.clientWidth };
  }

  protected drag(event: PointerEvent): void {
    if (this.from) this.resized.emit(this.from.width + event.clientX - this.from.x);
  }

  protected release(event: PointerEvent): void {
    this.from = null;
    this.edge.releasePointerCapture(event.pointerId);
  }
}
