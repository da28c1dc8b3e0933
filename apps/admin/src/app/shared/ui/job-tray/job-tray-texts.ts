import type { TextScope } from '../../i18n/texts.js';

/** Loaded by the tray itself, which stands on every page but seldom has anything to show. */
export const JOB_TRAY_TEXTS: TextScope = {
  name: 'jobs',
  load: {
    'zh-CN': async () => (await import('./i18n/zh-cn.js')).zhCn,
    en: async () => (await import('./i18n/en.js')).en,
  },
};
