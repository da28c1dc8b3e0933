import type { Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { LimitListPage } from './limit-list-page.js';
import { LIMITS_TEXTS } from './limits-texts.js';

export const limitsRoutes: Routes = [{ path: '', resolve: withTexts(LIMITS_TEXTS), component: LimitListPage }];
