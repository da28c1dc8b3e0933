import type { Routes } from '@angular/router';
import { ALL_TEXTS } from '../shared/i18n/texts.js';

/** Set to false by production builds, which then leave out whatever only it leads to. */
declare const ngDevMode: unknown;

/** Pages for whoever works on the console. */
export const devRoutes: Routes =
  typeof ngDevMode === 'undefined' || ngDevMode
    ? [
        {
          path: 'dev/states',
          resolve: ALL_TEXTS,
          loadComponent: async () => (await import('./states-page.js')).StatesPage,
        },
      ]
    : [];
