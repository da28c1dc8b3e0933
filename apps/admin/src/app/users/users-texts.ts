import type { TextScope } from '../shared/i18n/texts.js';

export const USERS_TEXTS: TextScope = {
  name: 'users',
  load: {
    'zh-CN': async () => (await import('./i18n/zh-cn.js')).zhCn,
    en: async () => (await import('./i18n/en.js')).en,
  },
};
