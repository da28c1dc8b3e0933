import type { SameKeys } from '../../shared/i18n/texts.js';
import type { zhCn } from './zh-cn.js';

export const en: SameKeys<typeof zhCn> = {
  setup: {
    title: 'Set up OpsAgent',
    text: 'Create the first administrator. The server prints a setup code when it starts; it proves that you run this installation.',
    code: 'Setup code',
    codeHint: 'Shown in the terminal that runs npm start.',
    email: 'Administrator’s e-mail',
    password: 'Password',
    passwordHint: 'At least 12 characters.',
    strength: { short: 'Too short', fair: 'Fair; longer is better', good: 'Good', strong: 'Strong' },
    submit: 'Create and sign in',
    failed: '{{title}}: {{cause}} {{action}}',
    unreachable: 'The server does not answer; trying again every 5 seconds.',
  },
  tokens: {
    intro: 'For programs that call /api in your name: Authorization: Bearer <token>.',
    example: 'automation script',
    none: 'No personal tokens yet. Make one for a program that uses the API.',
  },
};
