import { roleBy } from './role-rules.js';

const SETTINGS = {
  OPSAGENT_OIDC_ROLE_CLAIM: 'realm_access.roles',
  OPSAGENT_OIDC_ROLES: [
    { value: 'ops', role: 'operator' as const },
    { value: 'lead', role: 'approver' as const },
    { value: '/it/admins', role: 'admin' as const },
  ],
  OPSAGENT_OIDC_DEFAULT_ROLE: 'none' as const,
};
const withRoles = (...roles: unknown[]) => ({ realm_access: { roles } });

describe('the role of a person by the claims of the provider', () => {
  it('is the strongest that a rule gives', () => {
    expect(roleBy(SETTINGS, withRoles('ops', 'lead', 'staff'), null)).toEqual({ role: 'approver', fromClaim: true });
    expect(roleBy(SETTINGS, withRoles('/it/admins', 'ops'), null)).toEqual({ role: 'admin', fromClaim: true });
  });

  it('is read from a claim whose own name has dots before any object is looked into', () => {
    const settings = { ...SETTINGS, OPSAGENT_OIDC_ROLE_CLAIM: 'https://example.org/roles' };
    expect(roleBy(settings, { 'https://example.org/roles': 'ops' }, null).role).toBe('operator');
  });

  it('is given by no claim of another kind', () => {
    for (const claims of [{}, { realm_access: null }, { realm_access: 'ops' }, withRoles({ value: 'ops' }, 7)])
      expect(roleBy(SETTINGS, claims, null).role).toBeNull();
    expect(roleBy({ ...SETTINGS, OPSAGENT_OIDC_ROLE_CLAIM: 'constructor.name' }, {}, null).role).toBeNull();
  });

  it('goes when the rule that gave it no longer matches', () => {
    expect(roleBy(SETTINGS, withRoles(), { role: 'admin', fromClaim: true }).role).toBeNull();
    const viewers = { ...SETTINGS, OPSAGENT_OIDC_DEFAULT_ROLE: 'viewer' as const };
    expect(roleBy(viewers, withRoles(), { role: 'admin', fromClaim: true })).toEqual({
      role: 'viewer',
      fromClaim: true,
    });
  });

  it('stays what an administrator gave here while no rule matches, and when there are no rules any more', () => {
    const given = { role: 'approver' as const, fromClaim: false };
    expect(roleBy(SETTINGS, withRoles('staff'), given)).toEqual(given);
    const noRules = { OPSAGENT_OIDC_DEFAULT_ROLE: 'viewer' as const };
    expect(roleBy(noRules, withRoles('ops'), { role: 'admin', fromClaim: true })).toMatchObject({ role: 'admin' });
  });
});
