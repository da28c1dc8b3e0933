import { Service, signal } from '@angular/core';
import { remember, remembered } from './remembered.js';

export const SEND_KEYS = ['enter', 'ctrl-enter'] as const;
export type SendKeyName = (typeof SEND_KEYS)[number];

const KEY = 'oa.send';

/** Which key sends what is written: Enter, or Ctrl (⌘ on a Mac) with Enter for those who write many lines. */
@Service()
export class SendKey {
  private readonly chosen = signal<SendKeyName>(SEND_KEYS.find((name) => name === remembered(KEY)) ?? 'enter');
  readonly active = this.chosen.asReadonly();

  use(name: SendKeyName): void {
    this.chosen.set(name);
    remember(KEY, name === 'enter' ? null : name);
  }

  /** Whether this press of Enter sends; one that completes a composition of an input method never does. */
  sends({ key, isComposing, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (key !== 'Enter' || isComposing || shiftKey) return false;
    return this.chosen() === 'enter' || ctrlKey || metaKey;
  }
}
