import { DomainError } from '../platform/errors/domain-error.js';

/** There is no entry of that number. */
export class AuditEntryNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'audit/not-found';

  constructor(seq: string) {
    super(`There is no entry "${seq.slice(0, 50)}" in the audit log.`);
  }
}
