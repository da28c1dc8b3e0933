import type { LlmConfigAccessDto, LlmConfigAccessScope, Role, SetLlmConfigAccessDto } from '@opsagent/contracts';
import type { LlmConfigOptions } from '../llm-config-options.entity.js';

/** Who may use a configuration besides administrators and whoever created it. */
export interface ConfigAccess {
  readonly scope: LlmConfigAccessScope;
  /** Empty unless the scope is `roles`. */
  readonly roles: readonly Role[];
  /** Empty unless the scope is `users`. */
  readonly userIds: readonly string[];
}

/** The same, as the options of a configuration hold it. */
export type AccessColumns = Pick<LlmConfigOptions, 'accessScope' | 'accessRoles' | 'accessUserIds'>;

export const FOR_ALL: ConfigAccess = { scope: 'all', roles: [], userIds: [] };

/**
 * On whose behalf a model is used: a user's, or an app's. An app uses the configuration that it is set to whoever else
 * may use it, because an administrator set it; any other one must be for everybody.
 */
export type ModelUser = { readonly userId: string; readonly role: Role } | { readonly appLlmConfigId: string | null };

/** What decides who may use a configuration. */
export interface Limited {
  readonly id: string;
  readonly createdBy: string | null;
  readonly access: ConfigAccess;
}

export function mayUse({ id, createdBy, access }: Limited, user: ModelUser): boolean {
  if (access.scope === 'all') return true;
  if ('appLlmConfigId' in user) return id === user.appLlmConfigId;
  const { userId, role } = user;
  if (role === 'admin' || createdBy === userId) return true;
  return access.roles.includes(role) || access.userIds.includes(userId);
}

/** Options that were not read along are an error: nobody must take them for none. */
export function accessOf({ options }: { options: AccessColumns | null }): ConfigAccess {
  if (options === null) return FOR_ALL;
  return { scope: options.accessScope, roles: options.accessRoles, userIds: options.accessUserIds };
}

export function accessColumns({ scope, roles, userIds }: ConfigAccess): AccessColumns {
  return { accessScope: scope, accessRoles: [...roles], accessUserIds: [...userIds] };
}

/** What was sent, in the form it is stored in: what does not count with its scope is left out. */
export function toAccess({ scope, roles = [], user_ids = [] }: SetLlmConfigAccessDto): ConfigAccess {
  return {
    scope,
    roles: scope === 'roles' ? [...new Set(roles)].sort() : [],
    userIds: scope === 'users' ? [...new Set(user_ids.map((id) => id.toLowerCase()))].sort() : [],
  };
}

export function toAccessDto({ scope, roles, userIds }: ConfigAccess): LlmConfigAccessDto {
  return { scope, roles: [...roles], user_ids: [...userIds] };
}
