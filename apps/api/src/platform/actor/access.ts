import type { Role } from '@opsagent/contracts';

/** Who may call a route: everybody, every signed-in user, the holders of an app key, or whoever has a permission. */
export type Access = 'public' | 'signed-in' | 'app-key' | (string & {});

/** Who may do what, handed to the platform by the application. */
export class AccessRules {
  /**
   * @param routes every route as `METHOD /path` with its access
   * @param leastRole the least role that has each permission
   */
  constructor(
    readonly routes: Readonly<Record<string, Access>>,
    readonly leastRole: Readonly<Record<string, Role>>,
  ) {}

  /** Whether somebody of this role has this permission. */
  allows(role: Role, permission: string): boolean {
    const least = this.leastRole[permission];
    return least !== undefined && RANK[role] >= RANK[least];
  }
}

/** Each role includes those of a lower rank; an auditor reads what a viewer reads. */
const RANK: Record<Role, number> = { viewer: 1, auditor: 1, operator: 2, approver: 3, admin: 4 };
