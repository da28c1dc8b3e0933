import { DomainError } from '../../platform/errors/domain-error.js';

/** The app has no such annotation. */
export class AnnotationNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'annotation/not-found';

  constructor() {
    super('Annotation not found');
  }
}
