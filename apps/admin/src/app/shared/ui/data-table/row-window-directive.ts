import { afterNextRender, DestroyRef, Directive, effect, ElementRef, inject, input, output } from '@angular/core';
import { type RowPlaces, type RowRange, rowsInView } from '../rows-in-view.js';

/** On the element that is as tall as all rows together: says which of them are in view, whoever scrolls it. */
@Directive({ selector: '[oaRowWindow]' })
export class RowWindow {
  private readonly body = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly oaRowWindow = input.required<RowPlaces>();
  /** Names what is listed: when it changes, the list is read from its top again. */
  readonly listed = input('');
  readonly moved = output<RowRange>();
  private scroller: HTMLElement | null = null;
  private last: RowRange = { start: 0, end: 0 };

  constructor() {
    const update = (): void => this.update();
    const sizes = new ResizeObserver(update);
    afterNextRender(() => {
      this.scroller = scrollerOf(this.body);
      this.scroller.addEventListener('scroll', update, { passive: true });
      sizes.observe(this.scroller);
      this.update();
    });
    effect(() => {
      this.oaRowWindow();
      this.update();
    });
    effect(() => {
      this.listed();
      // Not at the first time: a page that is returned to has its own place.
      if (this.scroller) this.scroller.scrollTop = 0;
      this.update();
    });
    inject(DestroyRef).onDestroy(() => {
      this.scroller?.removeEventListener('scroll', update);
      sizes.disconnect();
    });
  }

  private update(): void {
    if (!this.scroller) return;
    const view = this.scroller.getBoundingClientRect();
    const top = view.top - this.body.getBoundingClientRect().top;
    const next = rowsInView(this.oaRowWindow(), top, top + view.height);
    if (next.start === this.last.start && next.end === this.last.end) return;
    this.last = next;
    this.moved.emit(next);
  }
}

/** The nearest element around it that scrolls up and down. */
function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.documentElement;
}
