import type { LlmConfigAccessScope, LlmConfigDto, Role, SetLlmConfigAccessDto } from '@opsagent/contracts';

/** Who may use a configuration, as the form holds it: what is chosen under one scope stays while another is looked at. */
export interface AccessDraft {
  readonly scope: LlmConfigAccessScope;
  readonly roles: readonly Role[];
  readonly emails: readonly string[];
}

export const FOR_ALL: AccessDraft = { scope: 'all', roles: [], emails: [] };

/** Administrators always may; the others in the order of what they may do. */
export const CHOSEN_ROLES = ['viewer', 'operator', 'approver', 'auditor'] as const satisfies readonly Role[];

/** @param details without which it is not known: then it counts as for everybody, and is never sent unless it is changed */
export function accessDraftOf({ details }: LlmConfigDto): AccessDraft {
  if (!details) return FOR_ALL;
  const { access, access_emails: emails } = details;
  return { scope: access.scope, roles: [...access.roles], emails: [...emails] };
}

/** What is sent: only what counts with its scope. */
export function accessInput({ scope, roles, emails }: AccessDraft): SetLlmConfigAccessDto {
  if (scope === 'roles') return { scope, roles: CHOSEN_ROLES.filter((role) => roles.includes(role)) };
  return scope === 'users' ? { scope, user_emails: [...emails] } : { scope };
}

/** Whether not everybody may use it. */
export function isRestricted({ details }: LlmConfigDto): boolean {
  return details !== undefined && details.access.scope !== 'all';
}
