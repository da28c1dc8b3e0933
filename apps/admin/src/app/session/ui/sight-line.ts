/** Something in the page, and where it was seen: pixels below the top of the page's window. */
interface Seen {
  readonly element: Element;
  readonly top: number;
}

/**
 * What stands at the upper edge of the reader's view, from the message down to the innermost block, so that the view can
 * be brought back to it when something above has become higher or lower.
 */
export class SightLine {
  private constructor(private readonly seen: readonly Seen[]) {}

  static at(message: Element, edge: number): SightLine {
    const seen: Seen[] = [];
    for (let element: Element | undefined = message; element;) {
      const { top } = element.getBoundingClientRect();
      seen.push({ element, top });
      element = top >= edge ? undefined : firstBelow(element.children, edge);
    }
    return new SightLine(seen);
  }

  /** How far down it has moved since; 0 when nothing of it is left. */
  shift(): number {
    const last = this.seen.findLast(({ element }) => element.isConnected && element.getClientRects().length > 0);
    return last ? last.element.getBoundingClientRect().top - last.top : 0;
  }
}

/** The first of some elements, in the order of the page, that reaches below a height. */
export function firstBelow<T extends Element>(elements: Iterable<T>, edge: number): T | undefined {
  for (const element of elements) {
    const { bottom, height } = element.getBoundingClientRect();
    if (height > 0 && bottom > edge) return element;
  }
  return undefined;
}
