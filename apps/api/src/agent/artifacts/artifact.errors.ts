import { DomainError } from '../../platform/errors/domain-error.js';

/** No such result, or not in a session of the asker. */
export class ArtifactNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'artifact/not-found';
  constructor() {
    super('There is no such result.');
  }
}

/** More than is ever kept. */
export class ArtifactTooBig extends DomainError {
  readonly kind = 'too_large';
  readonly code = 'artifact/too-big';
  constructor(mostMegabytes: number) {
    super(`The result is larger than ${mostMegabytes} MB, the most that is kept. Ask for less.`);
  }
}
