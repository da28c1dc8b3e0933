/** The address may not be reached from this server. Open and closed ports read alike, so that nothing can be scanned. */
export class OutboundRefused extends Error {
  constructor(place: string) {
    super(`${place} may not be reached from this server: private addresses must be listed in OPSAGENT_OUTBOUND_ALLOW`);
  }
}

/** What was given is no address that can be asked. */
export class AddressInvalid extends Error {
  constructor(because: string) {
    super(`the address cannot be used: ${because}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at that address',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be looked up right now',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ETIMEDOUT: 'the connection attempt was not answered',
  ECONNRESET: 'the connection was reset',
  EPROTO: 'the other side does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the other side does not speak TLS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** No connection came about. */
export class Unreachable extends Error {
  readonly errno: string;

  constructor(place: string, cause: Error) {
    const errno = errnoOf(cause);
    super(`${place} could not be reached: ${REASONS[errno] ?? 'the connection failed'} (${errno})`, { cause });
    this.errno = errno;
  }
}

/** The connection was not there in time. */
export class ConnectTimedOut extends Error {
  constructor(place: string, milliseconds: number) {
    super(`${place} could not be reached: no connection after ${milliseconds} ms`);
  }
}

/** The other side ended the connection before its answer was complete. */
export class ConnectionLost extends Error {
  constructor(
    place: string,
    /** Whether nothing of the answer had arrived. */
    readonly beforeAnswer: boolean,
    cause: Error,
  ) {
    super(`${place} ended the connection ${beforeAnswer ? 'without an answer' : 'in the middle of its answer'}`, {
      cause,
    });
  }
}

/** The answer is larger than the caller accepts. */
export class AnswerTooLarge extends Error {
  constructor(place: string, maxBytes: number) {
    super(`the answer of ${place} is larger than ${maxBytes} bytes`);
  }
}

/** The whole exchange took longer than the caller waits. */
export class ExchangeTimedOut extends Error {
  constructor(place: string, milliseconds: number) {
    super(`${place} did not finish its answer within ${milliseconds} ms`);
  }
}

function errnoOf(error: Error): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const code: unknown = (error as NodeJS.ErrnoException).code ?? (first as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === 'string' ? code : error.name;
}
