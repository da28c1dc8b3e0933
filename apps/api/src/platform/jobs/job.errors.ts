import { DomainError } from '../errors/domain-error.js';

/** No such job, or not the asker's. */
export class JobNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'job/not-found';

  constructor() {
    super('There is no such job.');
  }
}

/** The job goes on, changed nothing, or was put back before. */
export class JobNotUndoable extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'job/not-undoable';

  constructor() {
    super('There is nothing to put back: the job is not over, changed nothing, or was undone already.');
  }
}
