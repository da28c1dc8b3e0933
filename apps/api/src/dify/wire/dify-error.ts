/** An error as Dify's clients know it: they read exactly these three, and the status is that of the HTTP answer too. */
export class DifyError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  toBody(): { code: string; message: string; status: number } {
    return { code: this.code, message: this.message, status: this.status };
  }
}

/** Some field was refused; Dify answers 400 to all of these. */
export class InvalidParam extends DifyError {
  constructor(message: string) {
    super(400, 'invalid_param', message);
  }
}

export class Unauthorized extends DifyError {
  constructor(message: string) {
    super(401, 'unauthorized', message);
  }
}

export class DifyForbidden extends DifyError {
  constructor(message: string) {
    super(403, 'forbidden', message);
  }
}

export const NO_SUCH_URL = 'The requested URL was not found on the server.';

export class DifyNotFound extends DifyError {
  constructor(message: string) {
    super(404, 'not_found', message);
  }
}

/** Whatever nobody foresaw; says nothing about its cause. */
export class InternalServerError extends DifyError {
  constructor(options?: ErrorOptions) {
    super(500, 'internal_server_error', 'Internal Server Error, please contact support.', options);
  }
}
