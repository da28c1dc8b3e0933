import type { Routes } from '@angular/router';
import { onlyAdmins, onlyBeforeSetup } from '../shared/data/guards.js';
import { withTexts } from '../shared/i18n/texts.js';
import { SetupFrame } from './setup-frame.js';
import { TEST_LADDER_TEXTS } from '../shared/ui/test-ladder/test-ladder-texts.js';
import { SETUP_TEXTS } from './setup-texts.js';

/** The four steps of the first run; each has an address of its own, so that it can be left and taken up again. */
export const setupRoutes: Routes = [
  {
    path: '',
    resolve: withTexts(SETUP_TEXTS, TEST_LADDER_TEXTS),
    component: SetupFrame,
    children: [
      {
        path: '',
        pathMatch: 'full',
        canActivate: [onlyBeforeSetup],
        data: { step: 0 },
        loadComponent: async () => (await import('./account-step.js')).AccountStep,
      },
      {
        path: 'model',
        canActivate: [onlyAdmins],
        data: { step: 1 },
        loadComponent: async () => (await import('./model-step.js')).ModelStep,
      },
      {
        path: 'test',
        canActivate: [onlyAdmins],
        data: { step: 2 },
        loadComponent: async () => (await import('./test-step.js')).TestStep,
      },
      {
        path: 'chat',
        canActivate: [onlyAdmins],
        data: { step: 3 },
        loadComponent: async () => (await import('./chat-step.js')).ChatStep,
      },
    ],
  },
];
