import type { SameKeys } from '../../shared/i18n/texts.js';
import type { zhCn } from './zh-cn.js';

export const en: SameKeys<typeof zhCn> = {
  profile: {
    intro: 'Preferences are kept in this browser and take effect at once.',
    account: 'Account',
    email: 'E-mail',
    role: 'Role',
    look: 'Appearance',
    density: 'Density of tables',
    densities: { compact: 'Compact', comfortable: 'Comfortable' },
    keys: 'Keyboard',
    sendKey: 'Send a message with',
    sendKeyHint: 'Shift + Enter always starts a new line.',
    sendKeys: { enter: 'Enter', 'ctrl-enter': '{{command}} + Enter' },
    singleKeys: 'Single-key shortcuts (for example / to search, ? to list them all)',
  },
  tokens: {
    intro: 'For programs that call /api in your name: Authorization: Bearer <token>.',
    example: 'automation script',
    none: 'No personal tokens yet. Make one for a program that uses the API.',
  },
};
