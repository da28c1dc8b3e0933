import type { UserDetailsDto, UserDto, UserIdentityDto } from '@opsagent/contracts';
import type { User } from './user.entity.js';
import type { UserDetails } from './user.repository.js';

/** An account in the wire's names. */
export function toUserDto({ id, email, name, role }: User): UserDto {
  return { id, email, name, role };
}

/** A user as administrators see one, in the wire's names. */
export function toUserDetailsDto(user: UserDetails, identities: UserIdentityDto[]): UserDetailsDto {
  return {
    ...{ id: user.id, email: user.email, name: user.name, role: user.role, is_active: user.isActive },
    has_password: user.hasPassword,
    has_totp: user.hasTotp,
    identities,
    sign_ins: user.signIns,
    tokens: user.tokens,
    invited_until: user.invitedUntil?.toISOString() ?? null,
    created_at: user.createdAt.toISOString(),
    last_seen_at: user.lastSeenAt?.toISOString() ?? null,
  };
}
