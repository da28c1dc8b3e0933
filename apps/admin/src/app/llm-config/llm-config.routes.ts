import type { Route, Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { TEST_LADDER_TEXTS } from '../shared/ui/test-ladder/test-ladder-texts.js';
import { LLM_CONFIG_TEXTS } from './llm-config-texts.js';
import type { LlmConfigEditPage } from './llm-config-edit-page.js';
import { LlmConfigListPage } from './llm-config-list-page.js';

/** The form weighs more than the list, which is what opens first. */
const drawer: Route = {
  resolve: withTexts(TEST_LADDER_TEXTS),
  loadComponent: async () => (await import('./llm-config-edit-page.js')).LlmConfigEditPage,
  canDeactivate: [(page: LlmConfigEditPage) => page.mayLeave()],
};

/** The list, and its drawer as a page of its own on top, so that a link opens it. */
export const llmConfigRoutes: Routes = [
  {
    path: 'import',
    title: 'nav.import',
    resolve: withTexts(LLM_CONFIG_TEXTS),
    loadComponent: async () => (await import('./transfer/import-page.js')).ImportPage,
  },
  {
    path: '',
    resolve: withTexts(LLM_CONFIG_TEXTS),
    component: LlmConfigListPage,
    children: [
      { path: 'new', ...drawer },
      {
        path: 'deleted',
        loadComponent: async () => (await import('./deleted-drawer.js')).DeletedDrawer,
      },
      { path: ':id', ...drawer },
    ],
  },
];
