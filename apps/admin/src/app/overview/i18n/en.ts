import type { SameKeys } from '../../shared/i18n/texts.js';
import type { zhCn } from './zh-cn.js';

export const en: SameKeys<typeof zhCn> = {
  updated: 'Updated {{time}}',
  refresh: 'Refresh',
  stale: 'Refreshing failed; these figures are older: {{reason}}',
  attention: {
    title: 'Needs attention',
    none: 'Nothing needs attention now.',
    no_llm_config: 'There is no active chat model configuration, so no question can be answered.',
    no_default: 'There is no default model configuration; sessions that name no model get no answer.',
    llm_config_failing: '{{name}} failed {{count}} times in the last hour, more than half of its answers.',
    llm_config_key_unreadable:
      'The key of {{name}} cannot be opened; the master key may have changed. Enter the key again.',
    app_key_expiring: 'A key of the app {{name}} expires on {{time}}.',
    action: {
      no_llm_config: 'New model configuration',
      no_default: 'Choose a default',
      llm_config_failing: 'Open configuration',
      llm_config_key_unreadable: 'Enter key',
      app_key_expiring: 'Open keys',
    },
  },
  figures: {
    title: 'Today',
    requests: 'Requests',
    errorRate: 'Error rate',
    firstToken: 'First token (p95)',
    before: '{{value}} by this time last week',
    nothing: 'None yet',
    byHour: 'Last 24 hours: {{total}} requests, {{most}} in the busiest hour.',
    errorsByHour: 'Last 24 hours: {{total}} failures, {{most}} in the worst hour.',
  },
  health: {
    title: 'Health of model configurations',
    note: 'Last 24 hours, 15 minutes a cell',
    none: 'No answers in the last 24 hours.',
    cells: '{{name}}: {{requests}} requests, {{errors}} failed',
    good: 'Fine',
    some: 'Some failed',
    bad: 'Most failed',
    quiet: 'No requests',
  },
  sessions: {
    title: 'Recent sessions',
    none: 'No sessions yet.',
    unnamed: 'Unnamed session',
    running: 'Answering',
    all: 'All sessions',
  },
  changes: {
    title: 'Recent changes',
    none: 'No changes yet.',
    server: 'The server',
  },
  start: {
    title: 'Start here',
    text: 'Three steps to use OpsAgent.',
    config: 'Add a model configuration',
    configText: 'Choose a provider, enter its key, test it and make it the default.',
    answer: 'Get a first answer',
    answerText: 'Open a session and ask the model something.',
    key: 'Connect a Dify client',
    keyText: 'Create an app key and enter it in the client with the address of this server.',
    done: 'Done',
  },
};
