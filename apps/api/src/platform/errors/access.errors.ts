import { DomainError } from './domain-error.js';
import type { WithMembers } from './problem.js';

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
export class Forbidden extends DomainError implements WithMembers {
  readonly kind = 'forbidden';
  readonly code: string = 'access/forbidden';

  /** @param permission the one that is missing, where the route needs one. */
  constructor(
    message = 'Your role does not allow this.',
    readonly permission?: string,
  ) {
    super(message);
  }

  get members(): Readonly<Record<string, unknown>> {
    return this.permission === undefined ? {} : { permission: this.permission };
  }
}

/** The personal token was not made for this. */
export class ScopeMissing extends Forbidden {
  override readonly code = 'access/scope-missing';

  /** @param scopes of which the token needs one. */
  constructor(private readonly scopes: readonly string[]) {
    super(`This personal token was not made for this. It needs the scope ${scopes.map((s) => `"${s}"`).join(' or ')}.`);
  }

  override get members(): Readonly<Record<string, unknown>> {
    return { scopes: this.scopes };
  }
}

/** A browser sends this on behalf of another site. */
export class CrossSite extends Forbidden {
  override readonly code = 'access/cross-site';

  constructor() {
    super('This request comes from another site and is refused.');
  }
}
