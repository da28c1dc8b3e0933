import { builtInEn } from './built-in-en.js';
import { builtInZhCn } from './built-in-zh-cn.js';
import type { LanguageCode, Texts } from './texts.js';

/** The texts that are there before any file has come. */
export const BUILT_IN_TEXTS: Readonly<Record<LanguageCode, Texts>> = { 'zh-CN': builtInZhCn, en: builtInEn };

/** The texts every page uses: the shell, common words, the error catalogue. */
export const SHARED_TEXTS: Readonly<Record<LanguageCode, () => Promise<Texts>>> = {
  'zh-CN': async () => (await import('./zh-cn.js')).zhCn,
  en: async () => (await import('./en.js')).en,
};
