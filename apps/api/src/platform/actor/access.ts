import { type Role, TOKEN_SCOPE, type TokenScope } from '@opsagent/contracts';
import type { UserActor } from './authenticator.js';

/**
 * Who may call a route: everybody, every user however limited their token, every user who signed in or whose token has
 * all scopes, the holders of an app key, or whoever has a permission.
 */
export type Access = 'public' | 'any-user' | 'signed-in' | 'app-key' | (string & {});

/** Who may do what, handed to the platform by the application. */
export class AccessRules {
  /**
   * @param routes every route as `METHOD /path` with its access
   * @param leastRole the least role that has each permission; an auditor has what names them besides
   * @param scopeOf the scope of tokens that reads and changes each area, which is what a permission's name begins with
   */
  constructor(
    readonly routes: Readonly<Record<string, Access>>,
    readonly leastRole: Readonly<Record<string, Role | readonly Role[]>>,
    private readonly scopeOf: Readonly<Record<string, TokenScope>>,
  ) {}

  /** Whether somebody of this role has this permission. */
  allows(role: Role, permission: string): boolean {
    return [this.leastRole[permission] ?? []].flat().some((least) => includes(role, least));
  }

  /** Whether this user, with what the request proved them by, has this permission. */
  permits({ role, token }: UserActor, permission: string): boolean {
    return this.allows(role, permission) && this.covers(token?.scopes, permission);
  }

  /** Whether a token of these scopes does for this access; undefined is a user without one. */
  covers(scopes: readonly TokenScope[] | undefined, access: Access): boolean {
    return scopes === undefined || this.scopesFor(access).some((scope) => scopes.includes(scope));
  }

  /** The scopes of which a token needs one for this access. */
  scopesFor(access: Access): readonly TokenScope[] {
    if (access === 'any-user') return TOKEN_SCOPE.values;
    const [area = '', deed] = access.split('.');
    const ofArea = this.scopeOf[area];
    return [...(deed === 'read' ? (['read'] as const) : []), ...(ofArea ? [ofArea] : []), 'all'];
  }
}

/** Nobody includes an auditor, who reads more than a viewer and changes nothing. */
function includes(role: Role, least: Role): boolean {
  return least === 'auditor' ? role === least : RANK[role] >= RANK[least];
}

/** Each role includes those of a lower rank; an auditor reads what a viewer reads. */
const RANK: Record<Role, number> = { viewer: 1, auditor: 1, operator: 2, approver: 3, admin: 4 };
