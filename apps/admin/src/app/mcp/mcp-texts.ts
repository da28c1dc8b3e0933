import type { TextScope } from '../shared/i18n/texts.js';

export const MCP_TEXTS: TextScope = {
  name: 'mcp',
  load: {
    'zh-CN': async () => (await import('./i18n/zh-cn.js')).zhCn,
    en: async () => (await import('./i18n/en.js')).en,
  },
};
