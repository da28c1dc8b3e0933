import type { SameKeys } from '../../shared/i18n/texts.js';
import type { drawerZhCn } from './drawer-zh-cn.js';

/** The texts of a configuration's drawer. */
export const drawerEn: SameKeys<typeof drawerZhCn> = {
  tab: { label: 'Parts of the configuration', settings: 'Settings', history: 'History' },
  history: {
    none: 'Nothing was changed yet.',
    number: 'Version {{number}}',
    current: 'Current',
    system: 'The server',
    rollBack: 'Roll back to this version',
    more: 'Show {{count}} earlier ones',
    blocked: 'Save or discard the unsaved changes first.',
    title: 'Roll back to version {{number}}?',
    change: '{{field}}: {{before}} → {{after}}',
    confirm: 'Roll back',
    done: 'Rolled back to version {{number}}.',
    failed: 'Could not roll back. {{reason}}',
    action: {
      create: 'Created',
      update: 'Changed',
      enable: 'Enabled',
      disable: 'Disabled',
      set_default: 'Made the default',
      delete: 'Deleted',
      restore: 'Restored',
      roll_back: 'Rolled back',
      import: 'Imported',
    },
  },
  keyState: { stored: 'stored', changed: 'changed' },
  tags: { label: 'Tags' },
  fallbacks: { label: 'Fallback models', gone: 'a deleted configuration' },
  impact: {
    kind: {
      sessions: 'sessions: {{count}}',
      apps: 'apps: {{count}}',
      'fallback chains': 'fallback chains: {{count}}',
    },
    used: 'Used by {{uses}}. Requests in the last 24 hours: {{requests}}.',
    requests: 'Requests in the last 24 hours: {{requests}}.',
    and: ', ',
    change: {
      title: '{{name}} is in use',
      text: 'Once saved, the next request uses the new settings.',
      default: 'It is also the default: requests that choose no model are affected too.',
      confirm: 'Save changes',
    },
    disable: {
      title: 'Disable {{name}}?',
      text: 'Sessions and apps that use it need another model, or wait until it is enabled again.',
      default: 'It is the default: there is none afterwards until another is chosen.',
      confirm: 'Disable configuration',
    },
    delete: {
      title: 'Delete {{name}}?',
      text: 'Sessions and apps that use it need another model to go on. It can be brought back within 30 days.',
      default: 'It is the default: there is none afterwards until another is chosen.',
      confirm: 'Delete configuration',
    },
    unused: 'No session or app uses it. It can be brought back within 30 days.',
  },
};
