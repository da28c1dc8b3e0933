/** Without an event for it, a scroll is held to be over when nothing moved for so long. */
const REST_MS = 150;
const UPWARD_KEYS = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Tells when a reader turns to what was said before: by wheel, key or finger going up, or by selecting. Listening to the scroll
 * position alone would come too late, because the first step of a smooth scroll is taken back by the next text that arrives.
 */
export function onReadingBack(box: HTMLElement, told: () => void, signal: AbortSignal): void {
  const options = { passive: true, signal } as const;
  let fingerAt = 0;
  box.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && told(), options);
  box.addEventListener('touchstart', ({ touches }) => (fingerAt = touches[0].clientY), options);
  box.addEventListener('touchmove', ({ touches }) => touches[0].clientY > fingerAt && told(), options);
  box.addEventListener('keydown', (event) => isUpward(event) && told(), options);
  document.addEventListener('selectionchange', () => selectedIn(box) !== null && told(), options);
}

/** Tells when a scroll, with its animation, is over. */
export function onScrolled(box: HTMLElement, told: () => void, signal: AbortSignal): void {
  if ('onscrollend' in window) return box.addEventListener('scrollend', told, { signal });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(told, REST_MS);
  };
  box.addEventListener('scroll', wait, { passive: true, signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
}

/** The ends of a selection that is more than a caret and lies inside. */
export function selectedIn(box: HTMLElement): readonly [Node, Node] | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.anchorNode || !selection.focusNode) return null;
  const ends = [selection.anchorNode, selection.focusNode] as const;
  return ends.every((node) => box.contains(node)) ? ends : null;
}

function isUpward({ key, shiftKey }: KeyboardEvent): boolean {
  return UPWARD_KEYS.has(key) || (key === ' ' && shiftKey);
}
