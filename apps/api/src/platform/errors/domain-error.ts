/** What went wrong, in the words of the domain; each wire says it its own way. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'too_large'
  | 'unsupported_media'
  | 'rate_limited'
  | 'upstream'
  | 'unavailable';

/** A field that was refused, and why. */
export interface FieldProblem {
  field: string;
  message: string;
}

/** An error that a user can understand. Its message is a whole sentence without secrets. */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  /** Stable, `<feature>/<what>`, for programs. */
  abstract readonly code: string;
  /** The fields that were refused, on bad input. */
  readonly fields: readonly FieldProblem[] = [];
}

/** Bad input, field by field. */
export class InvalidInput extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'input/invalid';

  constructor(override readonly fields: readonly FieldProblem[]) {
    super(fields.map(({ message }) => message).join('; '));
  }
}
