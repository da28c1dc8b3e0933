import {
  afterNextRender,
  afterRenderEffect,
  computed,
  DestroyRef,
  Directive,
  ElementRef,
  inject,
  Injector,
  input,
  type OnDestroy,
  type OnInit,
  output,
  signal,
  untracked,
} from '@angular/core';
import { answerText, isOpen, type Turn } from '../turn.js';
import { MessageWindow, type Place, type Range } from './message-window.js';
import { onReadingBack, onScrolled, selectedIn } from './reader-intent.js';
import { firstBelow, SightLine } from './sight-line.js';

/** So close to the end counts as the end. */
const NEAR_PX = 24;
/** Earlier messages are asked for when so little is left above. */
const AHEAD_PX = 4000;
const FRAME_PX = 130;
const PX_PER_CHARACTER = 0.4;

/**
 * The one owner of a conversation's scroll position, and of which messages are in the page. While following, the end stays in
 * view as the content grows; otherwise what the reader sees stays where it is, whatever happens above and below.
 */
@Directive({
  selector: '[oaScrollOwner]',
  exportAs: 'oaScrollOwner',
  host: {
    '(scroll)': 'look()',
    '(keydown.home)': "jump($event, 'start')",
    '(keydown.end)': "jump($event, 'end')",
  },
})
export class ScrollOwner {
  private readonly box = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly window = new MessageWindow<Turn>(likelyHeight);
  private readonly mounted = new Map<Element, string>();
  private readonly sizes = new ResizeObserver((entries) => this.measure(entries));
  private readonly place = signal<Place>('end');
  private readonly viewHeight = signal(innerHeight);
  private readonly width = signal(0);
  private readonly held = signal<readonly string[]>([], { equal: (a, b) => a.join() === b.join() });
  /** The last message when the reader left the end. */
  private readonly leftAt = signal<Turn | null>(null);
  private readonly range = computed<Range>(() => this.window.range(this.turns(), this.place(), this.viewHeight()), {
    equal: (a, b) => a.first === b.first && a.last === b.last,
  });
  private readonly shown = computed(() => {
    this.width();
    return this.window.slots(this.turns(), this.range(), this.heldIndices());
  });
  private sight: SightLine | null = null;
  /** Whether the reader's own scrolling, which may be animated, is going on. */
  private isScrolling = false;
  /** How far the content is pushed up instead of scrolled down. */
  private drift = 0;
  private lastTop = 0;
  private lastHeight = 0;

  readonly turns = input.required<readonly Turn[]>();
  /** Where the reader is. */
  readonly reading = this.place.asReadonly();
  readonly isFollowing = computed(() => this.place() === 'end');
  /** The messages that are in the page. */
  readonly slots = computed(() => this.shown().slots);
  /** The height of those after them. */
  readonly after = computed(() => this.shown().after);
  /** How many messages have come, or been completed, since the reader left the end. */
  readonly news = computed(() => {
    const left = this.leftAt();
    const at = this.turns().findIndex(({ key }) => key === left?.key);
    if (this.isFollowing() || !left || at < 0) return 0;
    const isCompleted = isOpen(left) && !isOpen(this.turns()[at]);
    return this.turns().length - 1 - at + (isCompleted ? 1 : 0);
  });
  /** The reader comes near the beginning. */
  readonly nearTop = output();

  constructor() {
    const leaving = new AbortController();
    this.listen(leaving.signal);
    afterNextRender(() => {
      this.sizes.observe(this.box);
      this.sizes.observe(this.content);
    });
    // At once, because putting messages in and out can move the view by itself; growth inside a message is seen by its size.
    afterRenderEffect(() => {
      this.shown();
      untracked(() => this.settle());
    });
    inject(DestroyRef).onDestroy(() => {
      leaving.abort();
      this.sizes.disconnect();
    });
  }

  toEnd(): void {
    this.place.set('end');
    this.land();
  }

  /** Puts a message at the upper edge of the view, or so far above it that `offset` pixels of it are past. */
  toMessage(key: string, offset = 0): void {
    this.leave({ key, offset });
    this.sight = null;
    this.box.scrollTop = this.window.topOf(this.turns(), key) + offset;
    // Where it really is shows when it is in the page; from then on that is what the reader sees.
    const bring = () => {
      const message = this.inOrder().find((element) => this.mounted.get(element) === key);
      const edge = this.box.getBoundingClientRect().top;
      if (message) this.box.scrollTop += message.getBoundingClientRect().top - edge + offset;
      this.remember();
      this.see();
    };
    afterNextRender({ read: bring }, { injector: this.injector });
  }

  /** A message has come into the page. */
  mount(element: Element, key: string): void {
    this.mounted.set(element, key);
    this.sizes.observe(element);
  }

  unmount(element: Element): void {
    this.mounted.delete(element);
    this.sizes.unobserve(element);
  }

  protected look(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.box;
    // What the owner did itself is no wish of the reader.
    if (scrollTop === this.lastTop) return;
    this.isScrolling = true;
    const isUp = scrollTop < this.lastTop;
    // A shorter content also moves the view upwards.
    const isShrunk = isUp && scrollHeight < this.lastHeight;
    if (!isUp && scrollHeight - scrollTop - clientHeight < NEAR_PX) this.toEnd();
    else if (!isShrunk || !this.isFollowing()) this.see();
    this.remember();
    if (isUp && scrollTop < AHEAD_PX) this.nearTop.emit();
  }

  private get content(): HTMLElement {
    return this.box.firstElementChild as HTMLElement;
  }

  private listen(signal: AbortSignal): void {
    onReadingBack(this.box, () => this.stay(), signal);
    for (const event of ['focusin', 'focusout']) this.box.addEventListener(event, () => this.hold(), { signal });
    document.addEventListener('selectionchange', () => this.hold(), { signal });
    onScrolled(this.box, () => this.land(), signal);
  }

  /** The browser would scroll to where the ends were guessed to be. */
  protected jump(event: Event, to: 'start' | 'end'): void {
    const [first] = this.turns();
    if (event.target !== this.box || !first) return;
    event.preventDefault();
    if (to === 'end') return this.toEnd();
    this.leave({ key: first.key, offset: 0 });
    this.sight = null;
    this.box.scrollTop = 0;
    this.land();
    this.nearTop.emit();
  }

  /** Stops following, if there is anything above to read. */
  private stay(): void {
    if (this.isFollowing() && this.box.scrollHeight - this.box.clientHeight > 1) this.see();
  }

  private leave(place: Place): void {
    if (this.isFollowing()) this.leftAt.set(this.turns().at(-1) ?? null);
    this.place.set(place);
  }

  /** Notes what the reader sees now. */
  private see(): void {
    const edge = this.box.getBoundingClientRect().top;
    const message = firstBelow(this.inOrder(), edge);
    const top = message?.getBoundingClientRect().top ?? Infinity;
    const key = message && this.mounted.get(message);
    const isInView = key !== undefined && top < edge + this.box.clientHeight;
    this.sight = isInView ? SightLine.at(message!, edge) : null;
    const place = isInView ? { key, offset: edge - top } : this.placeWithoutMessages(edge);
    if (place !== 'end') this.leave(place);
  }

  /** A long jump ends where no message is in the page yet. */
  private placeWithoutMessages(edge: number): Place {
    const [known] = this.inOrder();
    if (!known) return 'end';
    const begin = known.getBoundingClientRect().top - this.window.topOf(this.turns(), this.mounted.get(known)!);
    return this.window.placeAt(this.turns(), edge - begin);
  }

  private inOrder(): Element[] {
    return [...this.content.children].filter((child) => this.mounted.has(child));
  }

  private measure(entries: readonly ResizeObserverEntry[]): void {
    if (this.box.clientHeight > 0) this.viewHeight.set(this.box.clientHeight);
    if (this.box.clientWidth !== this.width()) this.window.forget();
    this.width.set(this.box.clientWidth);
    for (const { target, borderBoxSize } of entries) {
      const key = this.mounted.get(target);
      if (key !== undefined) this.window.measured(key, borderBoxSize[0].blockSize);
    }
    this.settle();
  }

  /** The reader's scrolling is over: what was pushed meanwhile becomes a scroll position. */
  private land(): void {
    this.isScrolling = false;
    this.push(0);
    this.settle();
  }

  /** Brings the end, or what the reader saw, back to where it was. */
  private settle(): void {
    if (this.isFollowing()) this.box.scrollTop = this.box.scrollHeight;
    else if (this.sight) this.takeBack(Math.round(this.sight.shift()));
    else this.see();
    this.remember();
  }

  /** Setting the scroll position would end the animation of a scroll that is going on. */
  private takeBack(shift: number): void {
    if (shift === 0) return;
    if (this.isScrolling) this.push(this.drift + shift);
    else this.box.scrollTop += shift;
  }

  private push(pixels: number): void {
    if (pixels !== this.drift) this.content.style.top = pixels === 0 ? '' : `${-pixels}px`;
    this.drift = pixels;
  }

  private remember(): void {
    this.lastTop = this.box.scrollTop;
    this.lastHeight = this.box.scrollHeight;
  }

  /** Messages with the focus or with selected text, and those between, stay in the page. */
  private hold(): void {
    const nodes = [document.activeElement, ...(selectedIn(this.box) ?? [])];
    const keys = [...this.mounted].filter(([element]) => nodes.some((node) => element.contains(node)));
    this.held.set(keys.map(([, key]) => key));
  }

  private heldIndices(): number[] {
    if (this.held().length === 0) return [];
    const indices = this.held().map((held) => this.turns().findIndex(({ key }) => key === held));
    const first = Math.min(...indices);
    return Array.from({ length: Math.max(...indices) - first + 1 }, (_, index) => first + index);
  }
}

/** A guess for a message that was not in the page yet. */
function likelyHeight(turn: Turn): number {
  return Math.round(FRAME_PX + PX_PER_CHARACTER * (turn.query.length + answerText(turn).length));
}

/** A message as the owner of the scroll position knows it. */
@Directive({ selector: '[oaMessage]' })
export class Message implements OnInit, OnDestroy {
  private readonly owner = inject(ScrollOwner);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly key = input.required<string>({ alias: 'oaMessage' });

  ngOnInit(): void {
    this.owner.mount(this.element, this.key());
  }

  ngOnDestroy(): void {
    this.owner.unmount(this.element);
  }
}
