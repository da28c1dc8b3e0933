import type { Routes } from '@angular/router';
import { DEEDS_TEXTS } from '../shared/data/deeds/deeds-texts.js';
import { type TextScope, withTexts } from '../shared/i18n/texts.js';
import { OverviewPage } from './overview-page.js';

const OVERVIEW_TEXTS: TextScope = {
  name: 'overview',
  load: {
    'zh-CN': async () => (await import('./i18n/zh-cn.js')).zhCn,
    en: async () => (await import('./i18n/en.js')).en,
  },
};

export const overviewRoutes: Routes = [
  { path: '', resolve: withTexts(OVERVIEW_TEXTS, DEEDS_TEXTS), component: OverviewPage },
];
