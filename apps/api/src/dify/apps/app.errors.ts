import { DomainError } from '../../platform/errors/domain-error.js';

/** There is no app of that id. */
export class AppNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'app/not-found';

  constructor(id: string) {
    super(`There is no app "${id}".`);
  }
}

/** The app has no such key, or it was revoked already. */
export class AppKeyNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'app/key-not-found';

  constructor(id: string) {
    super(`There is no key "${id}" of this app.`);
  }
}
