import { DestroyRef, inject } from '@angular/core';

/**
 * Single-key shortcuts of a page, for as long as the page lives. They are silent inside fields, during composition with an
 * input method, together with a modifier, and below an open dialog.
 */
export function pageShortcuts(keys: Readonly<Record<string, () => void>>): void {
  const press = (event: KeyboardEvent): void => {
    const action = keys[event.key];
    if (!action || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    event.preventDefault();
    action();
  };
  document.addEventListener('keydown', press);
  inject(DestroyRef).onDestroy(() => document.removeEventListener('keydown', press));
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
