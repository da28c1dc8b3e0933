import { oneOfSet, type ValueOf } from '../field/facts.js';

/** Why a sign-in by OpenID Connect came to nothing; the sign-in page tells it by `?oidc=`. */
export const OIDC_FAILURE = oneOfSet('OidcFailure', [
  'cancelled',
  'expired',
  'unreachable',
  'refused',
  'clock',
  'no_email',
  'email_unverified',
  'not_allowed',
  'link',
  'too_many',
  'failed',
]);
export type OidcFailure = ValueOf<typeof OIDC_FAILURE>;
