import type { Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { DifyAppListPage } from './dify-app-list-page.js';
import type { DifyAppPage } from './dify-app-page.js';
import { DIFY_APP_TEXTS } from './dify-app-texts.js';

/** The list, and a page for each app. */
export const difyAppRoutes: Routes = [
  {
    path: '',
    resolve: withTexts(DIFY_APP_TEXTS),
    children: [
      { path: '', component: DifyAppListPage },
      {
        path: ':id',
        loadComponent: async () => (await import('./dify-app-page.js')).DifyAppPage,
        canDeactivate: [(page: DifyAppPage) => page.mayLeave()],
      },
    ],
  },
];
