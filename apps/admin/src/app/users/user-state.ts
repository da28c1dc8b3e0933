import type { UserDetailsDto } from '@opsagent/contracts';

export type UserState = 'active' | 'invited' | 'lapsed' | 'off';

/** How it stands with a user: at work, still to accept the invitation, without one that holds, or switched off. */
export function stateOf(
  user: Pick<UserDetailsDto, 'is_active' | 'has_password' | 'identities' | 'invited_until'>,
  now: number,
): UserState {
  const { is_active, has_password, identities, invited_until } = user;
  if (!is_active) return 'off';
  if (has_password || identities.length > 0) return 'active';
  return invited_until !== null && Date.parse(invited_until) > now ? 'invited' : 'lapsed';
}

/** True for the only one who administers the installation: without that one nobody could let anybody in. */
export function isLastAdmin(user: UserDetailsDto, all: readonly UserDetailsDto[]): boolean {
  const isAdmin = ({ role, is_active, has_password }: UserDetailsDto) => role === 'admin' && is_active && has_password;
  return isAdmin(user) && all.filter(isAdmin).length === 1;
}

/** Why a user cannot be given another role or be switched off, as the key of a text; the server decides in the end. */
export function obstacleOf(
  user: UserDetailsDto,
  all: readonly UserDetailsDto[],
  who: { readonly id: string | undefined; readonly isAdmin: boolean },
): 'needsAdmin' | 'lastAdmin' | 'oneself' | null {
  if (!who.isAdmin) return 'needsAdmin';
  if (isLastAdmin(user, all)) return 'lastAdmin';
  return user.id === who.id ? 'oneself' : null;
}
