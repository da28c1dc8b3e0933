import type { Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { APPROVAL_TEXTS } from '../shared/ui/approval/approval-texts.js';
import { SESSION_TEXTS } from './session-texts.js';

export const sessionRoutes: Routes = [
  {
    path: ':id/report',
    resolve: withTexts(SESSION_TEXTS, APPROVAL_TEXTS),
    loadComponent: async () => (await import('./report-page.js')).ReportPage,
  },
  {
    path: '',
    resolve: withTexts(SESSION_TEXTS, APPROVAL_TEXTS),
    loadComponent: async () => (await import('./sessions-page.js')).SessionsPage,
    children: [
      { path: '', loadComponent: async () => (await import('./start-page.js')).StartPage },
      { path: 'new', loadComponent: async () => (await import('./start-page.js')).StartPage },
      { path: ':id', loadComponent: async () => (await import('./chat-page.js')).ChatPage },
    ],
  },
];
