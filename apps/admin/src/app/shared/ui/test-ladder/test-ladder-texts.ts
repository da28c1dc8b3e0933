import type { TextScope } from '../../i18n/texts.js';

/** For the routes that test configurations. */
export const TEST_LADDER_TEXTS: TextScope = {
  name: 'test',
  load: {
    'zh-CN': async () => (await import('./i18n/zh-cn.js')).zhCn,
    en: async () => (await import('./i18n/en.js')).en,
  },
};
