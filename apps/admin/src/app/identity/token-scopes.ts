import type { Role, TokenScope } from '@opsagent/contracts';

/** What a token can be made for besides everything, with the least role that it is of use to; the server decides. */
export const LEAST_ROLE: Readonly<Record<Exclude<TokenScope, 'all'>, Role>> = {
  read: 'viewer',
  sessions: 'operator',
  llm_configs: 'operator',
  apps: 'admin',
  users: 'admin',
  settings: 'admin',
};

/** For how many days a token may hold; null is for ever. */
export const DAYS = [7, 30, 90, 365, null] as const;

export const DAY_MS = 86_400_000;
