import { DestroyRef, inject, Service, signal } from '@angular/core';
import { remember, remembered } from './remembered.js';

/** What a key does; `label` is the key of the text that says so, and without one the list of shortcuts leaves it out. */
export interface Shortcut {
  readonly label?: string;
  readonly run: () => void;
}

/** Keys as they are pressed, two with a space between for one after the other: `/`, `n`, `g s`. */
export type ShortcutSet = Readonly<Record<string, Shortcut | (() => void)>>;

const KEY = 'oa.shortcuts';
const SECOND_KEY_WITHIN_MS = 1500;

/**
 * Single-key shortcuts of the shell and of the page that is open. They are silent inside fields, during composition with an
 * input method, together with a modifier and below an open dialog, and can be switched off as a whole (WCAG 2.1.4).
 */
@Service()
export class Shortcuts {
  private readonly sets = signal<readonly ShortcutSet[]>([]);
  private readonly on = signal(remembered(KEY) !== 'off');
  private first: { key: string; at: number } | null = null;
  /** The newest set stands last and wins. */
  readonly active = this.sets.asReadonly();
  readonly isOn = this.on.asReadonly();

  constructor() {
    const press = (event: KeyboardEvent): void => this.press(event);
    document.addEventListener('keydown', press);
    inject(DestroyRef).onDestroy(() => document.removeEventListener('keydown', press));
  }

  /** @returns what takes the set away again. */
  add(set: ShortcutSet): () => void {
    this.sets.update((sets) => [...sets, set]);
    return () => this.sets.update((sets) => sets.filter((other) => other !== set));
  }

  use(isOn: boolean): void {
    this.on.set(isOn);
    remember(KEY, isOn ? null : 'off');
  }

  private press(event: KeyboardEvent): void {
    if (!this.on() || event.isComposing || event.defaultPrevented || isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const action = this.find(this.pressedTogether(event));
    if (!action) return;
    event.preventDefault();
    this.first = null;
    if (typeof action === 'function') action();
    else action.run();
  }

  /** The key, behind the one before it where some shortcut begins with that. */
  private pressedTogether({ key, timeStamp }: KeyboardEvent): string {
    const before = this.first && timeStamp - this.first.at < SECOND_KEY_WITHIN_MS ? this.first.key : null;
    const begins = this.sets().some((set) => Object.keys(set).some((keys) => keys.startsWith(`${key} `)));
    this.first = begins && before === null ? { key, at: timeStamp } : null;
    return before === null ? key : `${before} ${key}`;
  }

  private find(keys: string): Shortcut | (() => void) | undefined {
    return this.sets().findLast((set) => Object.hasOwn(set, keys))?.[keys];
  }
}

/** Shortcuts of a page or a part of it, for as long as it lives. */
export function pageShortcuts(set: ShortcutSet): void {
  inject(DestroyRef).onDestroy(inject(Shortcuts).add(set));
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select');
}
