import type { builtInZhCn } from './built-in-zh-cn.js';
import type { SameKeys } from './texts.js';

/** What the sign-in page says: it comes with the first code, before any language file. */
export const builtInEn: SameKeys<typeof builtInZhCn> = {
  product: 'OpsAgent',
  nav: {
    login: 'Sign in',
  },
  shell: {
    pageLost:
      'The page did not open: the server did not answer, or was just upgraded. Try again; if that fails, reload the console.',
    environment: 'Environment: {{name}}',
    language: 'Language',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
  },
  common: {
    retryIn: 'Trying again in {{seconds}} s',
    retrying: 'Trying again…',
    retryNow: 'Try now',
    showPassword: 'Show',
    hidePassword: 'Hide',
    notifications: 'Notifications',
    dismiss: 'Dismiss',
  },
  signIn: {
    title: 'Sign in to OpsAgent',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Sign-in failed: the e-mail or the password is wrong. Check both and try again.',
    tooMany: 'Too many attempts. Try again in {{seconds}} s.',
    code: 'Authentication code',
    codeHint: 'The six digits that the authenticator app shows now.',
    recoveryCode: 'Recovery code',
    recoveryHint: 'Each works once.',
    useRecovery: 'Use a recovery code',
    useApp: 'Use the authenticator app',
    wrongCode: 'Sign-in failed: the code is wrong, too old, or was used. Wait for the next one and try again.',
    back: 'Back',
    or: 'or',
    with: 'Sign in with {{name}}',
    oidc: {
      cancelled: 'Sign-in with {{name}} was cancelled.',
      expired: 'The sign-in took too long, or began in another window. Try again.',
      unreachable: '{{name}} did not answer. Try again later, or use your password.',
      refused: 'The answer of {{name}} could not be verified. Try again; if it fails again, ask your administrator.',
      clock: 'The clocks of {{name}} and this server differ too much to verify the sign-in. Ask your administrator.',
      no_email: '{{name}} gave no usable e-mail address. Ask your administrator.',
      email_unverified: 'Your e-mail address at {{name}} is not verified. Verify it there first.',
      not_allowed: 'This account has no access here. Ask your administrator.',
      link: 'An account with this e-mail exists. Sign in with its password once; from then on {{name}} will do.',
      too_many: 'Too many attempts. Try again in a few minutes.',
      failed: 'The server failed while signing you in. Try again later.',
    },
  },
  validation: {
    required: 'This field is required.',
    other: 'This value is not accepted.',
  },
  errors: {
    line: '{{title}}: {{cause}}',
    network: {
      title: 'Cannot reach the server',
      cause: 'The server did not answer. It may be restarting, or the network is down.',
      action: 'Check that the service is running, then retry.',
    },
    offline: {
      title: 'Network lost',
      cause: 'The browser has no network connection.',
      action: 'Check the network; the console reconnects by itself.',
    },
    unexpected: {
      title: 'Something unexpected happened',
      cause: 'The console itself failed.',
      action: 'Reload the page; if it happens again, give the details to your administrator.',
    },
    'http-400': {
      title: 'Request refused',
      cause: 'The server did not accept this request.',
      action: 'Check what you entered and retry.',
    },
    'http-422': {
      title: 'Invalid input',
      cause: 'Some fields are not accepted.',
      action: 'Correct the marked fields.',
    },
    'http-429': { title: 'Too many requests', cause: 'The rate limit is reached.', action: 'Wait a little and retry.' },
    'http-500': {
      title: 'Server error',
      cause: 'The server failed while handling the request.',
      action: 'Retry later; if it happens again, give the request ID to your administrator.',
    },
    'http-503': {
      title: 'Service unavailable',
      cause: 'The database or another dependency did not answer.',
      action: 'Retry later, or ask an administrator to check the database.',
    },
  },
};
