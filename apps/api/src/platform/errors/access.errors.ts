import { DomainError } from './domain-error.js';

/** Nobody proved who is asking, or not with something this route accepts. */
export class Unauthenticated extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code: string = 'access/unauthenticated';

  constructor(
    message = 'Sign in, or send a personal token as "Authorization: Bearer <token>".',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The one who asks may not do this. */
export class Forbidden extends DomainError {
  readonly kind = 'forbidden';
  readonly code: string = 'access/forbidden';

  constructor(message = 'Your role does not allow this.') {
    super(message);
  }
}

/** A browser sends this on behalf of another site. */
export class CrossSite extends Forbidden {
  override readonly code = 'access/cross-site';

  constructor() {
    super('This request comes from another site and is refused.');
  }
}
