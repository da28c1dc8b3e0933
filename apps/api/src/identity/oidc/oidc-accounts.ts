import { Injectable } from '@nestjs/common';
import { PERSON_NAME, type Role } from '@opsagent/contracts';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Environment } from '../../platform/config/environment.js';
import { Database } from '../../platform/database/database.js';
import { InvitationRepository } from '../invitation.repository.js';
import { KnownCredentials } from '../known-credentials.js';
import { PasswordSignIn } from '../password-sign-in.js';
import type { User } from '../user.entity.js';
import { UserRepository } from '../user.repository.js';
import type { ProvenIdentity } from './identity-provider.js';
import { LinkNeeded, OidcRefused } from './oidc.errors.js';
import { roleBy } from './role-rules.js';
import type { UserIdentity } from './user-identity.entity.js';
import { UserIdentityRepository } from './user-identity.repository.js';

/** Plain ASCII: letters that fold onto others (the Kelvin sign onto k) would name somebody else's account. */
const EMAIL = /^[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+$/;
const LONGEST_EMAIL = 254;

/**
 * Finds the account of an identity. Issuer and subject decide; an e-mail address only opens an account that nobody has
 * entered yet and that an administrator has just invited (docs/adr/0011).
 */
@Injectable()
export class OidcAccounts {
  constructor(
    private readonly environment: Environment,
    private readonly users: UserRepository,
    private readonly identities: UserIdentityRepository,
    private readonly invitations: InvitationRepository,
    private readonly passwords: PasswordSignIn,
    private readonly known: KnownCredentials,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws OidcRefused, LinkNeeded */
  async userOf(proven: ProvenIdentity): Promise<User> {
    const user = await this.database.transaction(async () => {
      await this.users.lockAdmins();
      const identity = await this.identities.find(proven.issuer, proven.subject);
      return identity ? this.returning(identity, proven) : this.arriving(proven);
    });
    await this.known.changed(user.id);
    return user;
  }

  private async returning(identity: UserIdentity, proven: ProvenIdentity): Promise<User> {
    const user = await this.users.getById(identity.userId);
    if (!user.isActive) throw new OidcRefused('not_allowed');
    const { role, fromClaim } = roleBy(this.environment, proven.claims, {
      role: user.role,
      fromClaim: identity.roleFromClaim,
    });
    if (fromClaim !== identity.roleFromClaim) await this.identities.put({ ...identity, roleFromClaim: fromClaim });
    return this.give(user, role);
  }

  private async arriving(proven: ProvenIdentity): Promise<User> {
    const { email } = proven;
    if (email === null || email.length > LONGEST_EMAIL || !EMAIL.test(email)) throw new OidcRefused('no_email');
    if (!proven.isEmailVerified) throw new OidcRefused('email_unverified');
    const user = await this.users.findByEmail(email);
    return user ? this.invited(user, proven) : this.added(email, proven);
  }

  /** The account is nobody's yet, and an administrator wants whoever has this address to have it. */
  private async invited(user: User, proven: ProvenIdentity): Promise<User> {
    if (!user.isActive) throw new OidcRefused('not_allowed');
    // Known there by another subject: the address was given to somebody else since.
    if (await this.identities.has(user.id, proven.issuer)) throw new OidcRefused('not_allowed');
    // Where no password lets anybody in, only an administrator can say whose account it is.
    if (user.passwordHash !== null && this.passwords.isOn) throw new LinkNeeded();
    if (!(await this.invitations.isOpen(user.id, this.clock.now()))) throw new OidcRefused('not_allowed');
    const { role, fromClaim } = roleBy(this.environment, proven.claims, { role: user.role, fromClaim: false });
    await this.invitations.removeOf(user.id);
    await this.link(user, proven, fromClaim);
    return this.give(user, role);
  }

  private async added(email: string, proven: ProvenIdentity): Promise<User> {
    const { role, fromClaim } = roleBy(this.environment, proven.claims, null);
    if (role === null) throw new OidcRefused('not_allowed');
    const user = await this.users.add({ email, passwordHash: null, role, name: nameIn(proven) });
    await this.audit.record({ action: 'user.create', ...targetOf(user), after: { email, role } });
    await this.link(user, proven, fromClaim);
    return user;
  }

  private async link(user: User, { issuer, subject }: ProvenIdentity, roleFromClaim: boolean): Promise<void> {
    await this.identities.put({ userId: user.id, issuer, subject, roleFromClaim });
    await this.audit.record({ action: 'user.link_identity', ...targetOf(user), after: { issuer, subject } });
  }

  /** The last administrator stays one, whatever the claim says. */
  private async give(user: User, role: Role | null): Promise<User> {
    if (role === null) throw new OidcRefused('not_allowed');
    if (role === user.role) return user;
    const hadAdmin = await this.users.hasAdmin();
    await this.users.change(user.id, { role });
    const refused = hadAdmin && !(await this.users.hasAdmin());
    if (refused) await this.users.change(user.id, { role: user.role });
    const change = { before: { role: user.role }, after: { role } };
    await this.audit.record({ action: 'user.update', ...targetOf(user), ...change, refused });
    return refused ? user : { ...user, role };
  }
}

/** What the provider calls somebody, where it can be a name here; they may change it. */
function nameIn({ claims: { name } }: ProvenIdentity): string | null {
  const written = typeof name === 'string' ? name.trim() : '';
  return written.length <= PERSON_NAME.max && PERSON_NAME.pattern.test(written) ? written : null;
}

function targetOf({ id, email }: User) {
  return { targetType: 'user', targetId: id, targetName: email };
}
