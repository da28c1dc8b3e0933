const GAP_PX = 4;
const EDGE_PX = 8;
const LEAST_WIDTH_PX = 320;

/** Puts a list below its field, above it where there is more room; never outside of what can be seen beside a phone's keyboard. */
export function placeList(list: HTMLElement, field: HTMLElement): void {
  const { left, top, right, bottom, width } = field.getBoundingClientRect();
  const shown = window.visualViewport ?? { offsetTop: 0, height: innerHeight };
  const whole = document.documentElement.clientWidth;
  const above = top - shown.offsetTop - GAP_PX - EDGE_PX;
  const below = shown.offsetTop + shown.height - bottom - GAP_PX - EDGE_PX;
  const isBelow = below >= 240 || below >= above;
  const listWidth = Math.min(Math.max(width, LEAST_WIDTH_PX), whole - 2 * EDGE_PX);
  // At the field's start, but at its end where it would leave the window.
  const start = left + listWidth > whole - EDGE_PX ? Math.max(EDGE_PX, right - listWidth) : left;
  Object.assign(list.style, {
    width: `${listWidth}px`,
    left: `${start}px`,
    top: isBelow ? `${bottom + GAP_PX}px` : 'auto',
    bottom: isBelow ? 'auto' : `${innerHeight - top + GAP_PX}px`,
    maxHeight: `${Math.min(420, isBelow ? below : above)}px`,
  });
}
