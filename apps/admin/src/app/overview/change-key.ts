/** The changes that the server tells of here. */
const KNOWN = new Set([
  'llm_config.create',
  'llm_config.update',
  'llm_config.delete',
  'llm_config.toggle_status',
  'llm_config.set_default',
  'llm_config.roll_back',
  'llm_config.restore',
  'llm_config.import',
  'llm_config.export',
  'app.create',
  'app.update',
  'app.delete',
  'app.restore',
  'app_key.create',
  'app_key.rotate',
  'app_key.revoke',
  'token.create',
  'token.delete',
  'setup.create_admin',
  'user.create',
  'user.update',
  'user.invite',
  'user.sign_out',
  'user.accept_invitation',
  'user.change_password',
  'user.start_totp',
  'user.enable_totp',
  'user.disable_totp',
  'user.reset_totp',
  'user.renew_recovery_codes',
  'user.use_recovery_code',
  'master_key.rotate',
  'audit.export',
]);

/** The text key that tells a change in plain words; an action without one is shown as the server names it. */
export function changeKey(action: string): string {
  return `overview.changes.actions.${KNOWN.has(action) ? action.replaceAll('.', '_') : 'other'}`;
}
