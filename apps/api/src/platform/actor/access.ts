import type { Role } from '@opsagent/contracts';

/** Who may call a route: everybody, every signed-in user, the holders of an app key, or whoever has a permission. */
export type Access = 'public' | 'signed-in' | 'app-key' | (string & {});

/** Who may do what, handed to the platform by the application. */
export class AccessRules {
  /**
   * @param routes every route as `METHOD /path` with its access
   * @param leastRole the least role that has each permission; an auditor has what names them besides
   */
  constructor(
    readonly routes: Readonly<Record<string, Access>>,
    readonly leastRole: Readonly<Record<string, Role | readonly Role[]>>,
  ) {}

  /** Whether somebody of this role has this permission. */
  allows(role: Role, permission: string): boolean {
    return [this.leastRole[permission] ?? []].flat().some((least) => includes(role, least));
  }
}

/** Nobody includes an auditor, who reads more than a viewer and changes nothing. */
function includes(role: Role, least: Role): boolean {
  return least === 'auditor' ? role === least : RANK[role] >= RANK[least];
}

/** Each role includes those of a lower rank; an auditor reads what a viewer reads. */
const RANK: Record<Role, number> = { viewer: 1, auditor: 1, operator: 2, approver: 3, admin: 4 };
