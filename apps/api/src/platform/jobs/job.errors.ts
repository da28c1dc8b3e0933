import { DomainError } from '../errors/domain-error.js';
import { RateLimited } from '../errors/http.errors.js';

/** No such job, or not the asker's. */
export class JobNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'job/not-found';

  constructor() {
    super('There is no such job.');
  }
}

/** Whoever asks has as many jobs under way as they may. */
export class TooManyJobs extends RateLimited {
  readonly code = 'job/too-many';

  constructor(most: number) {
    super(`You have ${most} jobs under way: wait until one of them ends, or cancel it.`, 5);
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
