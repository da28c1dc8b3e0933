import type { Routes } from '@angular/router';
import { devRoutes } from './dev/dev.routes.js';
import { IDENTITY_TEXTS } from './identity/identity-texts.js';
import { onlySignedIn, onlySignedOut } from './shared/data/guards.js';
import { ALL_TEXTS, withTexts } from './shared/i18n/texts.js';

/** Every page is loaded when it is asked for; a feature's texts come with it. */
export const routes: Routes = [
  ...devRoutes,
  {
    path: 'setup',
    title: 'nav.setup',
    resolve: ALL_TEXTS,
    loadChildren: async () => (await import('./setup/setup.routes.js')).setupRoutes,
  },
  {
    path: 'login',
    title: 'nav.login',
    canActivate: [onlySignedOut],
    loadComponent: async () => (await import('./identity/login-page.js')).LoginPage,
  },
  {
    path: 'invitation',
    title: 'nav.invitation',
    resolve: { ...ALL_TEXTS, ...withTexts(IDENTITY_TEXTS) },
    loadComponent: async () => (await import('./identity/invitation-page.js')).InvitationPage,
  },
  {
    path: '',
    canActivate: [onlySignedIn],
    resolve: ALL_TEXTS,
    loadComponent: async () => (await import('./shell/shell.js')).Shell,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'overview' },
      { path: 'llm-config', pathMatch: 'full', redirectTo: 'configs' },
      {
        path: 'overview',
        title: 'nav.overview',
        loadChildren: async () => (await import('./overview/overview.routes.js')).overviewRoutes,
      },
      {
        path: 'sessions',
        title: 'nav.sessions',
        loadChildren: async () => (await import('./session/session.routes.js')).sessionRoutes,
      },
      {
        path: 'approvals',
        title: 'nav.approvals',
        loadChildren: async () => (await import('./approvals/approvals.routes.js')).approvalsRoutes,
      },
      {
        path: 'configs',
        title: 'nav.configs',
        loadChildren: async () => (await import('./llm-config/llm-config.routes.js')).llmConfigRoutes,
      },
      {
        path: 'apps',
        title: 'nav.apps',
        loadChildren: async () => (await import('./dify-app/dify-app.routes.js')).difyAppRoutes,
      },
      {
        path: 'runbooks',
        title: 'nav.runbooks',
        loadChildren: async () => (await import('./runbook/runbook.routes.js')).runbookRoutes,
      },
      {
        path: 'audit',
        title: 'nav.audit',
        loadChildren: async () => (await import('./audit/audit.routes.js')).auditRoutes,
      },
      {
        path: 'settings',
        title: 'nav.settings',
        loadChildren: async () => (await import('./settings.routes.js')).settingsRoutes,
      },
      {
        path: '**',
        title: 'nav.missing',
        loadComponent: async () => (await import('./shell/missing-page.js')).MissingPage,
      },
    ],
  },
];
