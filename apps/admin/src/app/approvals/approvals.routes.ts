import type { Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { APPROVAL_TEXTS } from '../shared/ui/approval/approval-texts.js';
import { ApprovalsPage } from './approvals-page.js';
import { APPROVALS_TEXTS } from './approvals-texts.js';

export const approvalsRoutes: Routes = [
  { path: '', resolve: withTexts(APPROVALS_TEXTS, APPROVAL_TEXTS), component: ApprovalsPage },
  {
    path: ':id',
    resolve: withTexts(APPROVALS_TEXTS, APPROVAL_TEXTS),
    loadComponent: async () => (await import('./approval-page.js')).ApprovalPage,
  },
];
