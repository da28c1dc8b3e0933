import type { SameKeys } from '../../shared/i18n/texts.js';
import type { zhCn } from './zh-cn.js';

export const en: SameKeys<typeof zhCn> = {
  tokens: {
    intro: 'For programs that call /api in your name: Authorization: Bearer <token>.',
    example: 'automation script',
    none: 'No personal tokens yet. Make one for a program that uses the API.',
  },
};
