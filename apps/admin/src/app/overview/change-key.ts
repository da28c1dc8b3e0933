/** The changes that the server tells of here. */
const KNOWN = new Set([
  'llm_config.create',
  'llm_config.update',
  'llm_config.delete',
  'llm_config.toggle_status',
  'llm_config.set_default',
  'app_key.create',
  'app_key.revoke',
  'token.create',
  'token.delete',
  'setup.create_admin',
]);

/** The text key that tells a change in plain words; an action without one is shown as the server names it. */
export function changeKey(action: string): string {
  return `overview.changes.actions.${KNOWN.has(action) ? action.replaceAll('.', '_') : 'other'}`;
}
