import type { Routes } from '@angular/router';
import { ABOUT_TEXTS } from './about/about-texts.js';
import { IDENTITY_TEXTS } from './identity/identity-texts.js';
import { withTexts } from './shared/i18n/texts.js';
import { USERS_TEXTS } from './users/users-texts.js';
import { SettingsFrame } from './shell/settings-frame.js';

/** The pages of the settings, in one frame; what stands in its navigation is in `shell/pages.ts`. */
export const settingsRoutes: Routes = [
  {
    path: '',
    component: SettingsFrame,
    resolve: withTexts(IDENTITY_TEXTS),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'profile' },
      {
        path: 'profile',
        title: 'nav.profile',
        loadComponent: async () => (await import('./identity/profile-page.js')).ProfilePage,
      },
      {
        path: 'sign-ins',
        title: 'nav.signIns',
        loadComponent: async () => (await import('./identity/sign-in-list-page.js')).SignInListPage,
      },
      {
        path: 'tokens',
        title: 'nav.tokens',
        loadComponent: async () => (await import('./identity/token-list-page.js')).TokenListPage,
      },
      {
        path: 'users',
        title: 'nav.users',
        loadChildren: async () => (await import('./users/users.routes.js')).usersRoutes,
      },
      {
        path: 'roles',
        title: 'nav.roles',
        resolve: withTexts(USERS_TEXTS),
        loadComponent: async () => (await import('./users/role-page.js')).RolePage,
      },
      {
        path: 'limits',
        title: 'nav.limits',
        loadChildren: async () => (await import('./limits/limits.routes.js')).limitsRoutes,
      },
      {
        path: 'sources',
        title: 'nav.sources',
        loadChildren: async () => (await import('./sources/sources.routes.js')).sourcesRoutes,
      },
      {
        path: 'mcp',
        title: 'nav.mcp',
        loadChildren: async () => (await import('./mcp/mcp.routes.js')).mcpRoutes,
      },
      {
        path: 'about',
        title: 'nav.about',
        resolve: withTexts(ABOUT_TEXTS),
        loadComponent: async () => (await import('./about/about-page.js')).AboutPage,
      },
    ],
  },
];
