import type { Environment } from '../platform/config/environment.js';

/** Settings that say nothing but themselves. */
const SHOWN = [
  'PORT',
  'OPSAGENT_AUTH',
  'OPSAGENT_PASSWORD_SIGN_IN',
  'OPSAGENT_APP_MODE',
  'OPSAGENT_CONNECT_MS',
  'OPSAGENT_FIRST_BYTE_MS',
  'OPSAGENT_IDLE_MS',
  'OPSAGENT_TOTAL_MS',
  'OPSAGENT_HSTS',
  'OPSAGENT_OIDC_DEFAULT_ROLE',
] as const satisfies readonly (keyof Environment)[];

/** Settings that are a secret, a path or an address: only that they are set is told. */
const MASKED = [
  'DATABASE_URL',
  'OPSAGENT_DATA_DIR',
  'OPSAGENT_MASTER_KEY',
  'OPSAGENT_MASTER_KEY_PREVIOUS',
  'OPSAGENT_TRUST_PROXY',
  'OPSAGENT_PUBLIC_URL',
  'OPSAGENT_OIDC_ISSUER',
  'OPSAGENT_OIDC_CLIENT_SECRET',
  'OPSAGENT_MODEL_CATALOGUE',
] as const satisfies readonly (keyof Environment)[];

/** The settings that may be told of; whatever is not listed is left out. */
export function toldSettings(environment: Environment): Record<string, string | number | null> {
  const told: Record<string, string | number | null> = {};
  for (const name of SHOWN) told[name] = environment[name] ?? null;
  for (const name of MASKED) told[name] = environment[name] === undefined ? null : 'set';
  return told;
}
