import { Unauthenticated } from '../../platform/errors/access.errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/** The password is right, and the account asks for a code as well. */
export class SecondFactorNeeded extends Unauthenticated {
  override readonly code = 'identity/second-factor-needed';

  constructor() {
    super(
      'This account asks for a second factor: send the code of the authenticator app, or a recovery code, as well.',
    );
  }
}

/** The code does not sign in: it is wrong, too old, or was used. */
export class WrongSecondFactor extends Unauthenticated {
  override readonly code = 'identity/wrong-second-factor';

  constructor() {
    super('The code is wrong, no longer holds, or was used already.');
  }
}

/** The code that was to prove a change of one’s own account is wrong, too old, or was used. */
export class WrongCode extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'identity/wrong-code';
  override readonly fields = [{ field: 'code', message: 'The code is wrong, no longer holds, or was used already.' }];

  constructor() {
    super('The code is wrong, no longer holds, or was used already.');
  }
}

/** The account has a second factor already. */
export class TotpOn extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'identity/totp-on';

  constructor() {
    super('The second factor is switched on already; switch it off before setting up another.');
  }
}

/** The account has no second factor, or its set-up was not started. */
export class TotpOff extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'identity/totp-off';

  constructor() {
    super('The account has no second factor, or its set-up was not started.');
  }
}
