import { DomainError } from './domain-error.js';

/** The body is not JSON. */
export class MalformedJson extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'input/bad-json';

  constructor(options?: ErrorOptions) {
    super('The body is not valid JSON.', options);
  }
}

/** The body is of a type this route does not read. */
export class UnsupportedMedia extends DomainError {
  readonly kind = 'unsupported_media';
  readonly code = 'input/unsupported-media';

  constructor() {
    super('The body must be JSON in UTF-8, sent as "Content-Type: application/json".');
  }
}

/** The body is larger than this route reads. */
export class BodyTooLarge extends DomainError {
  readonly kind = 'too_large';
  readonly code = 'input/too-large';

  constructor(limit: number) {
    super(`The body is larger than ${limit} bytes.`);
  }
}

/** The path exists, but not for this method. */
export class MethodNotAllowed extends DomainError {
  readonly kind = 'method_not_allowed';
  readonly code = 'http/method-not-allowed';

  /** @param allowed the methods this path has, for the `Allow` header. */
  constructor(readonly allowed: readonly string[]) {
    super(`This path answers ${allowed.join(', ')} only.`);
  }
}

/** There is nothing at this path. */
export class NoSuchRoute extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'http/not-found';

  constructor(method: string, path: string) {
    super(`There is no ${method} ${path.slice(0, 200)}.`);
  }
}

/** A dependency of this server is out of reach. */
export class DependencyDown extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'http/unavailable';

  constructor(options?: ErrorOptions) {
    super('The database cannot be reached just now; try again in a moment.', options);
  }
}

/** Somebody asks more often than they may. */
export abstract class RateLimited extends DomainError {
  readonly kind = 'rate_limited';

  /** @param retryAfterSeconds when asking again has a chance, for the `Retry-After` header. */
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}
