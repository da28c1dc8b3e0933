/** Puts a menu below its button, at the button's end; above it where there is no room. */
export function placeMenu(panel: HTMLElement, button: HTMLElement): void {
  const box = button.getBoundingClientRect();
  const isLow = box.bottom > innerHeight * 0.66;
  const { style } = panel;
  style.setProperty('inset-inline-end', `${Math.max(8, document.documentElement.clientWidth - box.right)}px`);
  style.setProperty('inset-block-start', isLow ? 'auto' : `${box.bottom + 4}px`);
  style.setProperty('inset-block-end', isLow ? `${innerHeight - box.top + 4}px` : 'auto');
}

export function menuItems(panel: HTMLElement): HTMLElement[] {
  return [...panel.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')];
}

/** Arrow keys, `Home` and `End` move among the entries of a menu. */
export function moveInMenu(panel: HTMLElement, event: KeyboardEvent): void {
  const items = menuItems(panel);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined || items.length === 0) return;
  event.preventDefault();
  items[next % items.length]?.focus();
}
