import { DestroyRef, Directive, ElementRef, inject, output, signal } from '@angular/core';

/** So close to the end counts as the end. */
const NEAR_PX = 24;

/**
 * The one owner of a conversation's scroll position. While following, the end stays in view as the content grows;
 * any scroll upwards, by wheel, key, finger or selection, ends that, and reaching the end again resumes it.
 */
@Directive({ selector: '[oaScrollOwner]', exportAs: 'oaScrollOwner', host: { '(scroll)': 'look()' } })
export class ScrollOwner {
  private readonly box = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly follows = signal(true);
  private lastTop = 0;
  private lastHeight = 0;
  private fromBottom: number | null = null;
  readonly isFollowing = this.follows.asReadonly();
  /** The reader came near the beginning. */
  readonly nearTop = output();

  constructor() {
    const observer = new ResizeObserver(() => this.settle());
    const content = new MutationObserver(() => this.watch(observer));
    observer.observe(this.box);
    content.observe(this.box, { childList: true });
    this.watch(observer);
    inject(DestroyRef).onDestroy(() => {
      observer.disconnect();
      content.disconnect();
    });
  }

  toEnd(): void {
    this.follows.set(true);
    this.settle();
  }

  /** Keeps what is in view where it is while content is put above it. */
  keepView(): void {
    this.fromBottom = this.box.scrollHeight - this.box.scrollTop;
  }

  protected look(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.box;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    // A shorter content also moves the view upwards, but that is not the reader's doing.
    if (isAtEnd) this.follows.set(true);
    else if (scrollTop < this.lastTop && scrollHeight >= this.lastHeight) this.follows.set(false);
    if (scrollTop < this.lastTop && scrollTop < clientHeight / 2) this.nearTop.emit();
    this.remember();
  }

  private watch(observer: ResizeObserver): void {
    for (const child of this.box.children) observer.observe(child);
  }

  private settle(): void {
    if (this.fromBottom !== null && this.box.scrollHeight !== this.lastHeight) {
      this.box.scrollTop = this.box.scrollHeight - this.fromBottom;
      this.fromBottom = null;
    } else if (this.follows()) this.box.scrollTop = this.box.scrollHeight;
    this.remember();
  }

  private remember(): void {
    this.lastTop = this.box.scrollTop;
    this.lastHeight = this.box.scrollHeight;
  }
}
