import { Flag, Moment, Text, TextList, Whole } from '../field/fields.js';

/** How a second factor is written: six digits of an authenticator app, or a recovery code. */
export const SECOND_FACTOR = { min: 1, max: 64 } as const;

/** Whether one’s own account asks for a second factor. */
export class TotpStateDto {
  @Flag({ description: 'Signing in asks for a code.' })
  is_on!: boolean;

  @Moment({ nullable: true, description: 'Since when.' })
  since!: string | null;

  @Whole({ min: 0, description: 'How many recovery codes were not used yet.' })
  recovery_codes_left!: number;
}

/** Starts to set up a second factor. */
export class StartTotpDto {
  @Text({ min: 1, max: 200, description: 'The present password.' })
  current_password!: string;
}

/** What an authenticator app needs: the only answer that ever carries it. */
export class TotpSecretDto {
  @Text({ description: 'For a QR code: `otpauth://totp/…`.' })
  uri!: string;

  @Text({ description: 'The secret in base32, for typing it in.' })
  secret!: string;
}

/** Proves that the authenticator app or a recovery code is at hand. */
export class TotpCodeDto {
  @Text({ ...SECOND_FACTOR, description: 'Six digits of the authenticator app, or a recovery code.' })
  code!: string;
}

/** Switches the second factor off. */
export class RemoveTotpDto extends TotpCodeDto {
  @Text({ min: 1, max: 200, description: 'The present password.' })
  current_password!: string;
}

/** New recovery codes: the only answer that ever carries them. */
export class RecoveryCodesDto {
  @TextList({ description: 'Each signs in once in the place of the app’s code.' })
  recovery_codes!: string[];
}
