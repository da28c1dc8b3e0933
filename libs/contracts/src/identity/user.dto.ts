import { Flag, Id, ListOf, Moment, OneOf, Text, Whole } from '../field/fields.js';
import { EMAIL, PASSWORD, PERSON_NAME } from './identity.dto.js';
import { ROLE, type Role } from './role.js';
import { UserIdentityDto } from './user-identity.dto.js';

/** A user as administrators see one. */
export class UserDetailsDto {
  @Id({ description: 'Names the user.' })
  id!: string;

  @Text({ description: 'The e-mail address.' })
  email!: string;

  @Text({ nullable: true, description: 'What the user is called; null where they have not said.' })
  name!: string | null;

  @OneOf(ROLE, { description: 'What the user may do.' })
  role!: Role;

  @Flag({ description: 'False for a user who is switched off and let in no more.' })
  is_active!: boolean;

  @Flag({ description: 'False until an invitation was accepted.' })
  has_password!: boolean;

  @Flag({ description: 'Signing in with the password asks for a second factor.' })
  has_totp!: boolean;

  @ListOf(() => UserIdentityDto, { description: 'Accounts at OpenID Connect providers that sign the user in.' })
  identities!: UserIdentityDto[];

  @Whole({ min: 0, description: 'In how many browsers the user is signed in.' })
  sign_ins!: number;

  @Whole({ min: 0, description: 'How many personal tokens the user has that hold.' })
  tokens!: number;

  @Moment({ nullable: true, description: 'Until when an open invitation holds.' })
  invited_until!: string | null;

  @Moment({ description: 'When it was made.' })
  created_at!: string;

  @Moment({ nullable: true, description: 'When the user was last here, to the minute.' })
  last_seen_at!: string | null;
}

/** All users. */
export class UserListDto {
  @ListOf(() => UserDetailsDto, { description: 'The users, by e-mail address.' })
  items!: UserDetailsDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** Invites a user. */
export class CreateUserDto {
  @Text({ ...EMAIL, description: 'The e-mail address; unique, ignoring case.' })
  email!: string;

  @OneOf(ROLE, { description: 'What the user may do.' })
  role!: Role;
}

/** Changes a user; what is absent stays. */
export class UpdateUserDto {
  @OneOf(ROLE, { optional: true, description: 'What the user may do from now on.' })
  role?: Role;

  @Flag({ optional: true, description: 'False switches it off: its sign-ins and tokens are let in no more.' })
  is_active?: boolean;
}

/** A user with an invitation: the only answer that ever carries its secret. */
export class InvitedUserDto extends UserDetailsDto {
  @Text({
    description: 'Hand it to the user: `/invitation#<this>` lets them choose a password. It is not shown again.',
  })
  invitation!: string;
}

/** Accepts an invitation. */
export class AcceptInvitationDto {
  @Text({ min: 1, max: 200, description: 'What stands in the link.' })
  invitation!: string;

  @Text({ ...PASSWORD, description: 'The new password, of at least 12 characters.' })
  password!: string;

  @Text({ ...PERSON_NAME, optional: true, nullable: true, description: 'What one is called; without it that stays.' })
  name?: string | null;
}

/** Changes one’s own password. */
export class ChangePasswordDto {
  @Text({ min: 1, max: 200, description: 'The present one.' })
  current_password!: string;

  @Text({ ...PASSWORD, description: 'The new one, of at least 12 characters.' })
  password!: string;
}

/** A browser that is signed in. */
export class SignInDto {
  @Id({ description: 'Names the sign-in.' })
  id!: string;

  @Text({ nullable: true, description: 'What the browser calls itself.' })
  user_agent!: string | null;

  @Text({ nullable: true, description: 'From which address it signed in.' })
  address!: string | null;

  @Moment({ description: 'When it signed in.' })
  created_at!: string;

  @Moment({ description: 'When it ends, unless it is used.' })
  expires_at!: string;

  @Flag({ description: 'It is the one that asks.' })
  is_current!: boolean;
}

/** One’s own sign-ins. */
export class SignInListDto {
  @ListOf(() => SignInDto, { description: 'The sign-ins, newest first.' })
  items!: SignInDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}
