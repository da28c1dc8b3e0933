import type { TextScope } from '../../i18n/texts.js';

/** The card of a request for approval stands in conversations and on the page of approvals. */
export const APPROVAL_TEXTS: TextScope = {
  name: 'approval',
  load: {
    'zh-CN': async () => (await import('./i18n/zh-cn.js')).zhCn,
    en: async () => (await import('./i18n/en.js')).en,
  },
};
