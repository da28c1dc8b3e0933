import type { LanguageCode, Texts } from './texts.js';

/** The texts every page uses: the shell, common words, the error catalogue. */
export const SHARED_TEXTS: Readonly<Record<LanguageCode, () => Promise<Texts>>> = {
  'zh-CN': async () => (await import('./zh-cn.js')).zhCn,
  en: async () => (await import('./en.js')).en,
};
