import type { TextScope } from '../../i18n/texts.js';

/** For the routes of pages that tell what was done. */
export const DEEDS_TEXTS: TextScope = {
  name: 'deeds',
  load: {
    'zh-CN': async () => (await import('./i18n/zh-cn.js')).zhCn,
    en: async () => (await import('./i18n/en.js')).en,
  },
};
