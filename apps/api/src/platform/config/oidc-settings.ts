import { ROLE, type Role } from '@opsagent/contracts';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isLoopback } from './environment-rules.js';
import type { Environment } from './environment.js';

/** A role by a value of the claim that names groups or roles at the identity provider. */
export interface RoleRule {
  readonly value: string;
  readonly role: Role;
}

/** Whoever the provider vouches for, but nothing more, may become an administrator by a rule alone. */
export const DEFAULT_ROLES = ['none', 'viewer', 'operator', 'approver', 'auditor'] as const;
export type DefaultRole = (typeof DEFAULT_ROLES)[number];

/** Reads `ops-admins=admin, ops=operator`; empty for what is no such list, and then refused. */
export function readRoleRules(text: string): RoleRule[] {
  const rules = text.split(',').map((part) => {
    const [, value, role] = /^\s*(.+?)\s*=\s*(\w+)\s*$/.exec(part) ?? [];
    const known = ROLE.values.find((name) => name === role);
    return value !== undefined && known !== undefined ? { value, role: known } : null;
  });
  return rules.every((rule) => rule !== null) ? rules : [];
}

export function IsRoleRules(options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isRoleRules', validator: { validate: isRoleRules } }, options);
}

/** Accepts an address over HTTPS; over plain HTTP on this machine only, where nobody can listen. */
export function IsIssuer(options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isIssuer', validator: { validate: isIssuer } }, options);
}

/** Accepts what stands before the path in the browser's address bar. */
export function IsOrigin(options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isOrigin', validator: { validate: isOrigin } }, options);
}

/** What the settings of OpenID Connect need of one another. */
export function wrongOidcSettings(environment: Environment): string[] {
  const wrong: string[] = [];
  const isOn = environment.OPSAGENT_OIDC_ISSUER !== undefined;
  if (isOn !== (environment.OPSAGENT_OIDC_CLIENT_ID !== undefined))
    wrong.push('OPSAGENT_OIDC_ISSUER and OPSAGENT_OIDC_CLIENT_ID must be set together');
  if (isOn && environment.OPSAGENT_PUBLIC_URL === undefined)
    wrong.push('OPSAGENT_OIDC_ISSUER needs OPSAGENT_PUBLIC_URL, the address that the provider sends browsers back to');
  if (!isOn && environment.OPSAGENT_PASSWORD_SIGN_IN === 'off')
    wrong.push('OPSAGENT_PASSWORD_SIGN_IN may be off only with OPSAGENT_OIDC_ISSUER: nobody could sign in');
  if ((environment.OPSAGENT_OIDC_ROLE_CLAIM === undefined) !== (environment.OPSAGENT_OIDC_ROLES === undefined))
    wrong.push('OPSAGENT_OIDC_ROLE_CLAIM and OPSAGENT_OIDC_ROLES must be set together');
  return wrong;
}

function isRoleRules(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function isIssuer(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (!url || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, '')));
}

function isOrigin(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  return url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
}
