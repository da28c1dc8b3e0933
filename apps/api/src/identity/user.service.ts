import { Injectable } from '@nestjs/common';
import type { CreateUserDto, InvitedUserDto, UpdateUserDto, UserDetailsDto, UserListDto } from '@opsagent/contracts';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { hashOf, newSecret } from './credential.js';
import { EmailTaken, LastAdmin, UserNotFound } from './identity.errors.js';
import { InvitationRepository } from './invitation.repository.js';
import { KnownCredentials } from './known-credentials.js';
import { LinkedIdentities } from './oidc/linked-identities.js';
import { SignInRepository } from './sign-in.repository.js';
import type { User } from './user.entity.js';
import { toUserDetailsDto } from './user.mapper.js';
import { UserRepository } from './user.repository.js';

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

/** Who may use the installation, and as what. */
@Injectable()
export class UserService {
  constructor(
    private readonly users: UserRepository,
    private readonly signIns: SignInRepository,
    private readonly invitations: InvitationRepository,
    private readonly identities: LinkedIdentities,
    private readonly known: KnownCredentials,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<UserListDto> {
    const users = await this.users.details();
    const identities = await this.identities.of(users.map(({ id }) => id));
    return { items: users.map((user) => toUserDetailsDto(user, identities.get(user.id) ?? [])), total: users.length };
  }

  /** @throws UserNotFound */
  async get(id: string): Promise<UserDetailsDto> {
    const [user] = await this.users.details(id);
    if (!user) throw new UserNotFound();
    return toUserDetailsDto(user, (await this.identities.of([id])).get(id) ?? []);
  }

  /** Makes a user who chooses a password by the invitation. @throws EmailTaken */
  async create({ email, role }: CreateUserDto): Promise<InvitedUserDto> {
    const { user, invitation } = await this.database.transaction(async () => {
      await this.users.lockAdmins();
      if (await this.users.findByEmail(email)) throw new EmailTaken();
      const user = await this.users.add({ email, passwordHash: null, role });
      await this.audit.record({ action: 'user.create', ...targetOf(user), after: { email, role } });
      return { user, invitation: await this.putInvitation(user) };
    });
    return { ...(await this.get(user.id)), invitation };
  }

  /** A new invitation in the place of any earlier one; with it a lost password is chosen anew. @throws UserNotFound */
  async invite(id: string): Promise<InvitedUserDto> {
    const invitation = await this.database.transaction(async () => {
      const user = await this.locked(id);
      await this.audit.record({ action: 'user.invite', ...targetOf(user) });
      return this.putInvitation(user);
    });
    return { ...(await this.get(id)), invitation };
  }

  /** @throws UserNotFound, LastAdmin */
  async update(id: string, { role, is_active: isActive }: UpdateUserDto): Promise<UserDetailsDto> {
    await this.database.transaction(async () => {
      await this.users.lockAdmins();
      const user = await this.locked(id);
      const after = { role: role ?? user.role, is_active: isActive ?? user.isActive };
      const before = { role: user.role, is_active: user.isActive };
      if (after.role === before.role && after.is_active === before.is_active) return;
      const hadAdmin = await this.users.hasAdmin();
      await this.users.change(id, { role: after.role, isActive: after.is_active });
      if (hadAdmin && !(await this.users.hasAdmin())) throw new LastAdmin();
      if (!after.is_active) await this.invitations.removeOf(id);
      await this.audit.record({ action: 'user.update', ...targetOf(user), before, after });
    });
    await this.known.changed(id);
    return this.get(id);
  }

  /** Signs the user out everywhere; personal tokens stay. @throws UserNotFound */
  async signOut(id: string): Promise<void> {
    await this.database.transaction(async () => {
      const user = await this.locked(id);
      await this.signIns.removeAllOf(id);
      await this.audit.record({ action: 'user.sign_out', ...targetOf(user) });
    });
    await this.known.changed(id);
  }

  private async putInvitation({ id }: User): Promise<string> {
    const secret = newSecret();
    const expiresAt = new Date(this.clock.now().getTime() + INVITATION_MS);
    await this.invitations.put({ userId: id, tokenHash: hashOf(secret), expiresAt });
    return secret;
  }

  private async locked(id: string): Promise<User> {
    const user = await this.users.locked(id);
    if (!user) throw new UserNotFound();
    return user;
  }
}

function targetOf({ id, email }: User) {
  return { targetType: 'user', targetId: id, targetName: email };
}
