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
  twoFactor: {
    title: 'Two-factor sign-in',
    intro:
      'Signing in then asks for a code of an authenticator app beside the password, so that the password alone opens nothing.',
    isOn: 'On since {{since}}',
    codesLeft: 'Recovery codes left: {{count}}',
    fewCodes: 'Recovery codes left: {{count}}. Make new ones before the last is used.',
    turnOn: 'Turn on',
    turnOnTitle: 'Turn two-factor sign-in on',
    needed: 'You need an authenticator app, on your phone for example. Other browsers are signed out when it is on.',
    password: 'Present password',
    next: 'Continue',
    scan: 'Scan this with the authenticator app, then enter the code that it shows.',
    qr: 'QR code for the authenticator app',
    typeIn: 'Or type the key in:',
    codesTitle: 'Keep your recovery codes',
    codesText:
      'Each signs you in once in place of a code, for when the app is lost. They are shown this once: keep them where the app is not.',
    download: 'Download',
    kept: 'I have kept them',
    renew: {
      title: 'Make new recovery codes?',
      text: 'The codes you have no longer work then.',
      confirm: 'Make new codes',
    },
    off: {
      title: 'Turn two-factor sign-in off?',
      text: 'The password alone signs in then. The recovery codes no longer work.',
      confirm: 'Turn off',
    },
  },
  tokens: {
    intro: 'For programs that call /api in your name: Authorization: Bearer <token>.',
    example: 'automation script',
    none: 'No personal tokens yet. Make one for a program that uses the API.',
  },
};
