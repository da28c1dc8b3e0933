import { DomainError } from '../platform/errors/domain-error.js';

/** No such session, or not the asker's. */
export class SessionNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'session/not-found';
  constructor() {
    super('There is no such session.');
  }
}

/** The session that a page was to start behind does not exist. */
export class LastSessionNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'session/last-not-found';
  constructor() {
    super('The session to start behind does not exist.');
  }
}

/** The message that a page was to end before does not exist. */
export class FirstMessageNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'session/first-message-not-found';
  constructor() {
    super('The message to end before does not exist.');
  }
}

/** No such message, or not the asker's. */
export class MessageNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'session/message-not-found';
  constructor() {
    super('There is no such message.');
  }
}

/** No such run, or not the asker's. */
export class RunNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'session/run-not-found';
  constructor() {
    super('There is no such run.');
  }
}

/** The database could not take the answer; the reader must not believe it is kept. */
export class TurnNotStored extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'session/not-stored';
  constructor(options?: ErrorOptions) {
    super('The answer could not be stored.', options);
  }
}
