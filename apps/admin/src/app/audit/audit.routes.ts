import type { Routes } from '@angular/router';
import { DEEDS_TEXTS } from '../shared/data/deeds/deeds-texts.js';
import { withTexts } from '../shared/i18n/texts.js';
import { AuditPage } from './audit-page.js';
import { AUDIT_TEXTS } from './audit-texts.js';

/** The log, and one entry as a page of its own on top, so that a link opens it. */
export const auditRoutes: Routes = [
  {
    path: '',
    resolve: withTexts(AUDIT_TEXTS, DEEDS_TEXTS),
    component: AuditPage,
    children: [{ path: ':seq', loadComponent: async () => (await import('./entry-drawer.js')).EntryDrawer }],
  },
];
