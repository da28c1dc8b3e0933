import type { Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { LLM_CONFIG_TEXTS } from './llm-config-texts.js';
import { LlmConfigEditPage } from './llm-config-edit-page.js';
import { LlmConfigListPage } from './llm-config-list-page.js';

/** The list, and its drawer as a page of its own on top, so that a link opens it. */
export const llmConfigRoutes: Routes = [
  {
    path: '',
    resolve: withTexts(LLM_CONFIG_TEXTS),
    component: LlmConfigListPage,
    children: [
      { path: 'new', component: LlmConfigEditPage, canDeactivate: [(page: LlmConfigEditPage) => page.mayLeave()] },
      { path: ':id', component: LlmConfigEditPage, canDeactivate: [(page: LlmConfigEditPage) => page.mayLeave()] },
    ],
  },
];
