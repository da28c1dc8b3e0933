import type { Role } from '@opsagent/contracts';

/** A page of the main navigation. */
export interface Page {
  readonly path: string;
  /** Key of its name. */
  readonly label: string;
  /** Pressed after `g`. */
  readonly key: string;
  /** The least role that sees it. */
  readonly role: Role;
}

/** The main navigation, in its order. */
export const PAGES: readonly Page[] = [
  { path: '/overview', label: 'nav.overview', key: 'o', role: 'viewer' },
  { path: '/sessions', label: 'nav.sessions', key: 's', role: 'viewer' },
  { path: '/approvals', label: 'nav.approvals', key: 'w', role: 'approver' },
  { path: '/configs', label: 'nav.configs', key: 'c', role: 'viewer' },
  { path: '/apps', label: 'nav.apps', key: 'a', role: 'operator' },
  { path: '/runbooks', label: 'nav.runbooks', key: 'r', role: 'viewer' },
  { path: '/audit', label: 'nav.audit', key: 'l', role: 'auditor' },
];

/** The pages of the settings, in the order of their navigation; on phones behind "more" as well. */
export const SETTINGS_PAGES: readonly Omit<Page, 'key'>[] = [
  { path: '/settings/profile', label: 'nav.profile', role: 'viewer' },
  { path: '/settings/sign-ins', label: 'nav.signIns', role: 'viewer' },
  { path: '/settings/tokens', label: 'nav.tokens', role: 'viewer' },
  { path: '/settings/users', label: 'nav.users', role: 'auditor' },
  { path: '/settings/roles', label: 'nav.roles', role: 'auditor' },
  { path: '/settings/limits', label: 'nav.limits', role: 'auditor' },
  { path: '/settings/sources', label: 'nav.sources', role: 'operator' },
  { path: '/settings/mcp', label: 'nav.mcp', role: 'operator' },
  { path: '/settings/about', label: 'nav.about', role: 'viewer' },
];
