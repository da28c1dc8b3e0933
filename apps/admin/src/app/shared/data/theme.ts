import { Service, signal } from '@angular/core';
import { remember, remembered } from './remembered.js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeName = (typeof THEMES)[number];

const KEY = 'oa.theme';

/** Light, dark or as the system says; `start.js` applies the same choice before the first paint. */
@Service()
export class Theme {
  private readonly chosen = signal<ThemeName>(THEMES.find((name) => name === remembered(KEY)) ?? 'system');
  readonly active = this.chosen.asReadonly();

  use(name: ThemeName): void {
    this.chosen.set(name);
    remember(KEY, name === 'system' ? null : name);
    if (name === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = name;
  }
}
