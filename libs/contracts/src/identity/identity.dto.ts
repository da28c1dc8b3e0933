import { Flag, Id, Nested, OneOf, Text } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';
import { SECOND_FACTOR } from './two-factor.dto.js';
import { ROLE, type Role } from './role.js';

/** By what a request proved who it is. */
export const CREDENTIAL_KIND = oneOfSet('CredentialKind', ['sign_in', 'token', 'auth_off']);
export type CredentialKind = ValueOf<typeof CREDENTIAL_KIND>;

/** How an e-mail address may look. */
export const EMAIL = {
  min: 3,
  max: 254,
  pattern: /^[^\s@]+@[^\s@]+$/,
  patternHint: 'must be an e-mail address',
  format: 'email',
} as const;

/** How somebody may be called: something visible, in one line and one direction, so that a name cannot disguise what stands beside it. */
export const PERSON_NAME = {
  min: 1,
  max: 80,
  pattern: /^(?=.*[\p{L}\p{N}\p{P}\p{S}])[^\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/u,
  patternHint: 'must be a visible name without control characters',
} as const;

/** How long a new password may be. */
export const PASSWORD = { min: 12, max: 200 } as const;

/** Whether the installation still needs its first administrator. */
export class SetupStateDto {
  @Flag({ description: 'True until the first administrator exists.' })
  needed!: boolean;

  @Text({ nullable: true, description: 'The label of this installation, for example "production".' })
  environment!: string | null;

  @Flag({ description: 'False when the server runs with OPSAGENT_AUTH=off.' })
  authentication!: boolean;

  @Text({
    nullable: true,
    description: 'The OpenID Connect provider people may sign in with; null where none is set up.',
  })
  oidc_name!: string | null;

  @Flag({ description: 'False when the OpenID Connect provider is the only way in.' })
  password_sign_in!: boolean;
}

/** Creates the first administrator. */
export class SetupDto {
  @Text({ min: 1, max: 100, description: 'The one-time code that the server printed at its start.' })
  code!: string;

  @Text({ ...EMAIL, description: "The administrator's e-mail address." })
  email!: string;

  @Text({ ...PASSWORD, description: 'At least 12 characters.' })
  password!: string;

  @Text({ ...PERSON_NAME, optional: true, nullable: true, description: 'What the administrator is called.' })
  name?: string | null;
}

/** Signs in. */
export class LoginDto {
  @Text({ min: 1, max: 254, description: 'The e-mail address.' })
  email!: string;

  @Text({ min: 1, max: 200, description: 'The password.' })
  password!: string;

  @Text({
    ...SECOND_FACTOR,
    optional: true,
    description: 'Where the account asks for it: six digits of the authenticator app, or a recovery code.',
  })
  code?: string;
}

/** A user of the console. */
export class UserDto {
  @Id({ description: 'Names the user.' })
  id!: string;

  @Text({ description: 'The e-mail address.' })
  email!: string;

  @Text({ nullable: true, description: 'What the user is called; null where they have not said.' })
  name!: string | null;

  @OneOf(ROLE, { description: 'What the user may do.' })
  role!: Role;
}

/** Who is asking. */
export class MeDto {
  @Nested(() => UserDto, { description: 'The user.' })
  user!: UserDto;

  @OneOf(CREDENTIAL_KIND, { description: 'By what this request proved who it is.' })
  credential!: CredentialKind;

  @Flag({ description: 'A password signs the user in: there is one, and passwords are not switched off.' })
  has_password!: boolean;

  @Flag({ description: 'Signing in with the password asks for a second factor.' })
  has_totp!: boolean;

  @Text({ nullable: true, description: 'The label of this installation.' })
  environment!: string | null;

  @Flag({ description: 'The sign-in cookie travels over plain HTTP.' })
  insecure_transport!: boolean;
}

/** Changes one’s own account; what is absent stays. */
export class UpdateMeDto {
  @Text({ ...PERSON_NAME, optional: true, nullable: true, description: 'What one is called; null takes it away.' })
  name?: string | null;
}
