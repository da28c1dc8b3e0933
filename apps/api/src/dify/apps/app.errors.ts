import type { AppDto } from '@opsagent/contracts';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { WithMembers } from '../../platform/errors/problem.js';

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

/** The app was changed since the caller read it. */
export class AppChanged extends DomainError implements WithMembers {
  readonly kind = 'conflict';
  readonly code = 'app/changed';

  /** The app as it is now stands beside the error. */
  readonly members: { readonly current: AppDto };

  constructor(current: AppDto) {
    super(`The app "${current.name}" was changed by someone else since you read it.`);
    this.members = { current };
  }
}

/** The first app stands for `OPSAGENT_APP_KEY` and for calls without a key; it can be disabled instead. */
export class FirstAppStays extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'app/first-app-stays';

  constructor() {
    super('The first app cannot be deleted; disable it instead.');
  }
}
