import { remember, remembered } from '../../shared/data/remembered.js';

const KEY = 'oa.commands';
const MOST = 5;

/** The last five commands used, newest first. */
export function recentCommands(): readonly string[] {
  return (remembered(KEY) ?? '').split('\n').filter((id) => id !== '');
}

export function rememberCommand(id: string): void {
  remember(KEY, [id, ...recentCommands().filter((other) => other !== id)].slice(0, MOST).join('\n'));
}
