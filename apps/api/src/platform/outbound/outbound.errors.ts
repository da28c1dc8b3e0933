import { connectFaultOf, type TlsFault, type UnreachableReason } from './connect-faults.js';

export type { TlsFault, UnreachableReason } from './connect-faults.js';

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

/** No connection came about. */
export class Unreachable extends Error {
  /** The code Node or OpenSSL gave. */
  readonly errno: string;
  readonly reason: UnreachableReason;
  /** Which fault it is, when the reason is `tls`. */
  readonly tls: TlsFault | undefined;

  constructor(place: string, cause: Error) {
    const errno = errnoOf(cause);
    const { reason, words, tls } = connectFaultOf(errno);
    super(`${place} could not be reached: ${words} (${errno})`, { cause });
    this.errno = errno;
    this.reason = reason;
    this.tls = tls;
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

/** What answers there does not speak HTTP, or speaks it inside TLS only. */
export class NotHttp extends Error {
  /** Asking again does not help. */
  readonly errno = 'EPROTO';

  constructor(place: string, cause: Error) {
    super(`${place} did not answer in HTTP: check the port, and whether the address begins with https:// or http://`, {
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
