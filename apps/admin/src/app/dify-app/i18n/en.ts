import type { SameKeys } from '../../shared/i18n/texts.js';
import type { zhCn } from './zh-cn.js';

export const en: SameKeys<typeof zhCn> = {
  intro: 'Dify-compatible clients connect here with an app’s key.',
  mode: { chat: 'Plain chat', 'agent-chat': 'Operations agent' },
  address: 'API address',
  addressHint: 'Enter this address as the client’s API server, with any key below.',
  keys: 'API keys',
  noKeys: 'No keys yet. Make one and enter it in the client.',
  example: 'on-call chat bot',
  readOnly: 'Only administrators can make or revoke keys.',
};
