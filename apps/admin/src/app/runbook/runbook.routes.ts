import type { Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { RunbookListPage } from './runbook-list-page.js';
import type { RunbookPage } from './runbook-page.js';
import { RUNBOOK_TEXTS } from './runbook-texts.js';

/** The list, and a page for each runbook; `new` is one that is not written yet. */
export const runbookRoutes: Routes = [
  {
    path: '',
    resolve: withTexts(RUNBOOK_TEXTS),
    children: [
      { path: '', component: RunbookListPage },
      {
        path: ':id',
        loadComponent: async () => (await import('./runbook-page.js')).RunbookPage,
        canDeactivate: [(page: RunbookPage) => page.mayLeave()],
      },
    ],
  },
];
