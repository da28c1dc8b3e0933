import type { LimitKind } from '@opsagent/contracts';
import { DomainError } from '../platform/errors/domain-error.js';

/** Nothing is limited there. */
export class LimitNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'limits/not-found';

  constructor(kind: string, subject: string) {
    super(`There are no limits for ${kind} "${subject}".`);
  }
}

/** What was to be limited does not exist. */
export class LimitSubjectNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'limits/subject-not-found';

  constructor(kind: LimitKind, subject: string) {
    super(`There is no ${kind} "${subject}" to be limited.`);
  }
}
