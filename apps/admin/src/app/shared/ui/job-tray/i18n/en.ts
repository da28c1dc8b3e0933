import type { SameKeys } from '../../../i18n/texts.js';
import type { zhCn } from './zh-cn.js';

export const en: SameKeys<typeof zhCn> = {
  label: 'Background work',
  running: '{{count}} running',
  over: '{{count}} ended',
  open: 'Show background work',
  close: 'Fold background work',
  title: {
    test: 'Test configurations: {{count}}',
    enable: 'Enable configurations: {{count}}',
    disable: 'Disable configurations: {{count}}',
    delete: 'Delete configurations: {{count}}',
    tag: 'Add tags to configurations: {{count}}',
    untag: 'Remove tags from configurations: {{count}}',
    set_timeout: 'Set the timeout of configurations: {{count}}',
    import: 'Import configurations: {{count}}',
    undo: 'Take back changes of configurations: {{count}}',
  },
  state: {
    running: 'Running',
    finished: 'Finished',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted: the server stopped before the end',
    failed: 'Failed',
  },
  progress: '{{done}} of {{total}}',
  sum: {
    passed: '{{count}} done',
    failed: '{{count}} failed',
    skipped: '{{count}} skipped',
    waiting: '{{count}} not run',
  },
  news: '{{title}}. {{result}}',
  items: 'Result of each',
  item: { passed: 'Done', failed: 'Failed', skipped: 'Skipped', waiting: 'Not run', running: 'Running' },
  more: '{{count}} more',
  reading: 'Reading the progress…',
  undo: 'Undo all',
  again: 'Retry failed ones',
  dismiss: 'Remove from the list: {{title}}',
  refused: '{{title}}. {{reason}}',
};
