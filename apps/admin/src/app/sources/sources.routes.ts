import type { Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { SourceListPage } from './source-list-page.js';
import { SOURCES_TEXTS } from './sources-texts.js';

export const sourcesRoutes: Routes = [{ path: '', resolve: withTexts(SOURCES_TEXTS), component: SourceListPage }];
