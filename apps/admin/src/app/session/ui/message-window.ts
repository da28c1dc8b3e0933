/** Space between two messages, in pixels. */
export const GAP_PX = 32;
/** How far beyond the view, on either side, messages are kept in the page. */
const BEYOND_PX = 2000;

/** Where the reader is: at the end, or so many pixels below the top of a message. */
export type Place = 'end' | { readonly key: string; readonly offset: number };

/** Messages from `first` up to, not including, `last`. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A message that is in the page, and the space above it that stands for its neighbour's gap and those left out. */
export interface Slot<T> {
  readonly item: T;
  readonly before: number;
  readonly isLast: boolean;
}

/** Knows how high every message of a conversation is, measured or guessed, and so which of them the view needs. */
export class MessageWindow<T extends { readonly key: string }> {
  private readonly heights = new Map<string, number>();
  private readonly guesses = new WeakMap<T, number>();

  constructor(private readonly guess: (item: T) => number) {}

  measured(key: string, height: number): void {
    this.heights.set(key, height);
  }

  /** Another width makes other heights. */
  forget(): void {
    this.heights.clear();
  }

  /** The messages in view and those near it. */
  range(items: readonly T[], place: Place, viewHeight: number): Range {
    const at = place === 'end' ? -1 : items.findIndex(({ key }) => key === place.key);
    if (at < 0 || place === 'end') return { first: this.upFrom(items, items.length, viewHeight), last: items.length };
    return { first: this.upFrom(items, at, -place.offset), last: this.downFrom(items, at, viewHeight + place.offset) };
  }

  /** The range and the pinned messages as they stand in the page, with the height of what is left out at the end. */
  slots(items: readonly T[], range: Range, pinned: readonly number[]): { slots: Slot<T>[]; after: number } {
    const slots: Slot<T>[] = [];
    let next = 0;
    for (const index of indicesOf(range, pinned)) {
      const before = this.between(items, next, index) + (index > 0 ? GAP_PX : 0);
      slots.push({ item: items[index], before, isLast: index === items.length - 1 });
      next = index + 1;
    }
    return { slots, after: this.between(items, next, items.length) };
  }

  /** How far below the top of the first message a message begins. */
  topOf(items: readonly T[], key: string): number {
    const index = items.findIndex((item) => item.key === key);
    return this.between(items, 0, index) + (index > 0 ? GAP_PX : 0);
  }

  /** The place that is so far below the top of the first message. */
  placeAt(items: readonly T[], top: number): Place {
    let begin = 0;
    for (const item of items) {
      const end = begin + this.heightOf(item);
      if (end > top) return { key: item.key, offset: top - begin };
      begin = end + GAP_PX;
    }
    return 'end';
  }

  private heightOf(item: T): number {
    return this.heights.get(item.key) ?? this.guesses.get(item) ?? this.newGuess(item);
  }

  private newGuess(item: T): number {
    const height = this.guess(item);
    this.guesses.set(item, height);
    return height;
  }

  /** The height of some neighbours that are left out, with a gap for each; nothing stands before the very first. */
  private between(items: readonly T[], from: number, to: number): number {
    let height = 0;
    for (let index = from; index < to; index += 1) height += this.heightOf(items[index]) + GAP_PX;
    return from === 0 && to > 0 ? height - GAP_PX : height;
  }

  private upFrom(items: readonly T[], at: number, distance: number): number {
    let index = at;
    for (let left = distance + BEYOND_PX; left > 0 && index > 0; index -= 1) {
      left -= this.heightOf(items[index - 1]) + GAP_PX;
    }
    return index;
  }

  private downFrom(items: readonly T[], at: number, distance: number): number {
    let index = at;
    for (let left = distance + BEYOND_PX; left > 0 && index < items.length; index += 1) {
      left -= this.heightOf(items[index]) + GAP_PX;
    }
    return index;
  }
}

function indicesOf({ first, last }: Range, pinned: readonly number[]): number[] {
  const indices = Array.from({ length: last - first }, (_, index) => first + index);
  const others = pinned.filter((index) => index >= 0 && (index < first || index >= last));
  return others.length === 0 ? indices : [...new Set([...indices, ...others])].sort((a, b) => a - b);
}
