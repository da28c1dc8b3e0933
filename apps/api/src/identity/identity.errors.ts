import { DomainError } from '../platform/errors/domain-error.js';
import { Unauthenticated } from '../platform/errors/access.errors.js';
import { RateLimited } from '../platform/errors/http.errors.js';

/** The e-mail address or the password is wrong; which one is not said. */
export class WrongCredentials extends Unauthenticated {
  override readonly code = 'identity/wrong-credentials';

  constructor() {
    super('The e-mail address or the password is wrong.');
  }
}

/** The token was a good one until its end. */
export class TokenExpired extends Unauthenticated {
  override readonly code = 'identity/token-expired';

  constructor() {
    super('This personal token has expired. Make a new one.');
  }
}

/** An administrator exists already. */
export class SetupDone extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'identity/setup-done';

  constructor() {
    super('This installation is set up already; sign in instead.');
  }
}

/** Another account has this e-mail address. */
export class EmailTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'identity/email-taken';

  constructor() {
    super('Another account has this e-mail address.');
  }
}

/** The one-time code is not the printed one. */
export class WrongSetupCode extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'identity/wrong-setup-code';

  constructor() {
    super('The one-time code is wrong. The server printed the right one when it started.');
  }
}

/** No such token of the asker's. */
export class TokenNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'identity/token-not-found';

  constructor() {
    super('There is no such token.');
  }
}

/** No such sign-in of the asker's. */
export class SignInNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'identity/sign-in-not-found';

  constructor() {
    super('There is no such sign-in.');
  }
}

/** No such user. */
export class UserNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'identity/user-not-found';

  constructor() {
    super('There is no such user.');
  }
}

/** Nobody would be left who can administer the installation. */
export class LastAdmin extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'identity/last-admin';

  constructor() {
    super('At least one active administrator who can sign in has to remain.');
  }
}

/** The invitation was used, has run out, or never was one. */
export class InvitationInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'identity/invitation-invalid';

  constructor() {
    super(
      'The invitation does not hold: it was used, has run out, or is not complete. Ask an administrator for a new one.',
    );
  }
}

/** The present password is wrong. */
export class WrongPassword extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'identity/wrong-password';
  override readonly fields = [{ field: 'current_password', message: 'The present password is wrong.' }];

  constructor() {
    super('The present password is wrong.');
  }
}

/** The identity provider is the only way in here. */
export class PasswordSignInOff extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'identity/password-sign-in-off';

  constructor() {
    super('Passwords are switched off here (OPSAGENT_PASSWORD_SIGN_IN). Sign in with the identity provider.');
  }
}

/** Passwords were tried too often from this address or for this account. */
export class TooManySignIns extends RateLimited {
  readonly code = 'identity/too-many-sign-ins';

  constructor(retryAfterSeconds: number) {
    super(
      `Too many attempts to sign in. Try again in ${Math.ceil(retryAfterSeconds / 60)} minutes.`,
      retryAfterSeconds,
    );
  }
}
