import type { TextScope } from '../shared/i18n/texts.js';

export const RUNBOOK_TEXTS: TextScope = {
  name: 'runbooks',
  load: {
    'zh-CN': async () => (await import('./i18n/zh-cn.js')).zhCn,
    en: async () => (await import('./i18n/en.js')).en,
  },
};
