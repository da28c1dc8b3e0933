import type { Routes } from '@angular/router';
import { withTexts, type TextScope } from '../shared/i18n/texts.js';
import { DifyAppListPage } from './dify-app-list-page.js';

const DIFY_APP_TEXTS: TextScope = {
  name: 'apps',
  load: {
    'zh-CN': async () => (await import('./i18n/zh-cn.js')).zhCn,
    en: async () => (await import('./i18n/en.js')).en,
  },
};

export const difyAppRoutes: Routes = [{ path: '', resolve: withTexts(DIFY_APP_TEXTS), component: DifyAppListPage }];
