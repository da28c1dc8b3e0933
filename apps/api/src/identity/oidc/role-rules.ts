import type { Role } from '@opsagent/contracts';
import type { Environment } from '../../platform/config/environment.js';

/** Of several rules the one further up counts. */
const STRONGEST_FIRST: readonly Role[] = ['admin', 'approver', 'operator', 'auditor', 'viewer'];

export interface GivenRole {
  /** Null for somebody who may not enter. */
  readonly role: Role | null;
  readonly fromClaim: boolean;
}

type RoleSettings = Pick<
  Environment,
  'OPSAGENT_OIDC_ROLE_CLAIM' | 'OPSAGENT_OIDC_ROLES' | 'OPSAGENT_OIDC_DEFAULT_ROLE'
>;

/**
 * Which role the provider's claims give. A matching rule decides at every sign-in; a role that once came from a rule goes
 * with it. Who was given a role here keeps that while no rule matches.
 * @param present what somebody known is now; null for somebody new
 */
export function roleBy(
  settings: RoleSettings,
  claims: Readonly<Record<string, unknown>>,
  present: { role: Role; fromClaim: boolean } | null,
): GivenRole {
  const { OPSAGENT_OIDC_ROLE_CLAIM: claim, OPSAGENT_OIDC_DEFAULT_ROLE: fallback } = settings;
  const values = claim === undefined ? [] : valuesOf(claims, claim);
  const matching = (settings.OPSAGENT_OIDC_ROLES ?? []).filter(({ value }) => values.includes(value));
  const strongest = STRONGEST_FIRST.find((role) => matching.some((rule) => rule.role === role));
  if (strongest) return { role: strongest, fromClaim: true };
  if (present && (!present.fromClaim || claim === undefined)) return present;
  return { role: fallback === 'none' ? null : fallback, fromClaim: present?.fromClaim ?? false };
}

/** The texts of a claim; one that is not found whole is looked for inside (`realm_access.roles`). */
function valuesOf(claims: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const value = claims[name] ?? name.split('.').reduce<unknown>(memberOf, claims);
  return Array.isArray(value) ? value : [value];
}

function memberOf(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isObject ? (value as Record<string, unknown>)[name] : undefined;
}
