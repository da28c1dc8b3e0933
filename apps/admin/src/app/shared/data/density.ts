import { Service, signal } from '@angular/core';
import { remember, remembered } from './remembered.js';

export const DENSITIES = ['compact', 'comfortable'] as const;
export type DensityName = (typeof DENSITIES)[number];

const KEY = 'oa.density';

/** How much room rows and controls take; `start.js` applies the same choice before the first paint. */
@Service()
export class Density {
  private readonly chosen = signal<DensityName>(DENSITIES.find((name) => name === remembered(KEY)) ?? 'compact');
  readonly choice = this.chosen.asReadonly();

  use(name: DensityName): void {
    this.chosen.set(name);
    remember(KEY, name === 'compact' ? null : name);
    if (name === 'compact') delete document.documentElement.dataset['density'];
    else document.documentElement.dataset['density'] = name;
  }
}
