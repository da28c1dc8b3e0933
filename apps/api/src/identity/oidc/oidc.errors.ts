import type { OidcFailure } from '@opsagent/contracts';
import { DomainError } from '../../platform/errors/domain-error.js';

/** No identity provider is set up. */
export class OidcOff extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'identity/oidc-off';

  constructor() {
    super('Sign-in by OpenID Connect is not set up.');
  }
}

/** The user is linked to no account of a provider. */
export class NoIdentity extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'identity/no-identity';

  constructor() {
    super('No account of an identity provider is linked.');
  }
}

/** Without the provider the user could not come back. */
export class OnlyWayIn extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'identity/only-way-in';

  constructor() {
    super('The identity provider is your only way in: without a password that signs you in you could not come back.');
  }
}

/** A sign-in by the provider came to nothing. It ends at the sign-in page, which says why. */
export class OidcRefused extends Error {
  constructor(
    readonly failure: OidcFailure,
    options?: ErrorOptions,
  ) {
    super(`sign-in by OpenID Connect: ${failure}`, options);
  }
}

/** The provider's e-mail address is that of an account with a password, whose owner has to prove it once. */
export class LinkNeeded extends OidcRefused {
  constructor() {
    super('link');
  }
}
