import type { ToolSourceFault } from '@opsagent/contracts';
import type { Socket } from 'node:net';
import { connectFaultOf } from '../../../platform/outbound/connect-faults.js';
import {
  AddressInvalid,
  ConnectTimedOut,
  OutboundRefused,
  Unreachable,
} from '../../../platform/outbound/outbound.errors.js';
import type { Outbound, Place } from '../../../platform/outbound/outbound.js';
import { type OpenSource, SourceFailed } from '../source-kind.js';

/** A row of a statement of ours. */
export type Row = Readonly<Record<string, unknown>>;

export interface ReadLimits {
  readonly rows: number;
  /** Of all values together. */
  readonly bytes: number;
  /** Of one value; what is longer is cut. */
  readonly characters: number;
}

/** What a statement answered. */
export interface ReadAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  /** Why there are no more rows, where there would be. */
  readonly endedBy?: 'rows' | 'bytes';
}

/** A connection to a database, inside a read-only transaction; its end is the end of whatever it was doing there. */
export interface DatabaseSession {
  readonly engine: 'PostgreSQL' | 'MySQL' | 'MariaDB';
  /** As the server says it, such as `15.8`. */
  readonly version: string;
  /** The version's first number and, in two digits, its second: 1500, 1011, 800. */
  readonly versionNumber: number;

  /** Asks a statement of ours. @throws StatementFailed; the reason of the session's signal when it is aborted */
  ask(sql: string, values?: readonly unknown[]): Promise<Row[]>;

  /** Asks a statement of somebody else's: exactly one, prepared, bounded. @throws StatementFailed, AnswerTooBig */
  read(sql: string, limits: ReadLimits): Promise<ReadAnswer>;

  close(): Promise<void>;
}

/** How long things may take there. */
export interface SessionLimits {
  readonly statementMs: number;
}

/** Waiting for a lock longer than this is not reading. */
export const LOCK_WAIT_MS = 2_000;
export const CONNECT_MS = 8_000;
/** Bytes that may arrive for one statement, whatever of them is kept. */
export const MOST_BYTES_READ = 24 * 1024 * 1024;

/** The database refused a statement; the message is its own. */
export class StatementFailed extends Error {
  constructor(
    message: string,
    /** The SQLSTATE of PostgreSQL, the name of the error of MySQL. */
    readonly code: string,
  ) {
    super(message);
  }
}

/** The code of a statement that took too long, as PostgreSQL says it (query_canceled). */
export const TOOK_TOO_LONG = '57014';

/** The server hung up, or somebody between. */
export class ConnectionClosed extends Error {
  constructor() {
    super('it hung up');
  }
}

/** What came is no answer in the protocol of such a database. */
export class NotUnderstood extends Error {
  constructor() {
    super('it sent something that is not understood');
  }
}

/** More came than can be taken in. */
export class AnswerTooBig extends Error {
  constructor() {
    super(
      `The answer is larger than ${MOST_BYTES_READ / 1024 / 1024} MB: select fewer columns, shorter ones (left(…, 200)), or aggregate.`,
    );
  }
}

/** A connection that broke off, in words; what drivers say of it is for those who know them. */
export function brokenOff({ name }: Pick<OpenSource, 'name'>, error: Error): SourceFailed {
  const isClosed = error instanceof ConnectionClosed || /terminat|lost|clos|reset|EPIPE/i.test(error.message);
  const { message } = isClosed ? new ConnectionClosed() : new NotUnderstood();
  return new SourceFailed(isClosed ? 'unreachable' : 'wrong_service', `${name} failed: ${message}.`, { cause: error });
}

/** Where a database listens. */
export function placeOfDatabase({ settings }: Pick<OpenSource, 'settings'>, usualPort: number): Place {
  return { host: settings.host ?? '', port: settings.port ?? usualPort };
}

/** Opens the socket that a driver then speaks over. @throws SourceFailed; the reason of `signal` when it is aborted */
export async function socketTo(
  outbound: Outbound,
  source: OpenSource,
  usualPort: number,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    const socket = await outbound.connect(placeOfDatabase(source, usualPort), { signal, connectMs: CONNECT_MS });
    return socket.setNoDelay(true);
  } catch (error) {
    signal.throwIfAborted();
    throw connectFailure(source, error as Error);
  }
}

/** What kept a connection from coming about, as a failure of the source. */
export function connectFailure({ name }: OpenSource, error: Error, fault?: ToolSourceFault): SourceFailed {
  if (error instanceof SourceFailed) return error;
  const said = `${name} could not be asked: ${error.message}`;
  return new SourceFailed(fault ?? faultOf(error), said.endsWith('.') ? said : `${said}.`, { cause: error });
}

function faultOf(error: Error): ToolSourceFault {
  if (error instanceof OutboundRefused || error instanceof AddressInvalid) return 'address_refused';
  if (error instanceof ConnectTimedOut) return 'timeout';
  if (error instanceof Unreachable) return error.reason === 'tls' ? 'tls' : 'unreachable';
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return 'failed';
  return connectFaultOf(code).reason === 'tls' ? 'tls' : 'unreachable';
}

/** A statement may take this much longer than the server is told to let it, before it is ended from here. */
const CLOCK_GRACE_MS = 1_000;

export interface Watch {
  readonly socket: Socket;
  readonly statementMs: number;
  /** Ends what the server is doing. */
  readonly cancel: () => void;
}

/**
 * Waits for an answer, with what no statement and no server can lift: a clock of ours, and a measure of what arrives.
 * @throws StatementFailed, AnswerTooBig, ConnectionClosed
 */
export async function watched<T>({ socket, statementMs, cancel }: Watch, work: () => Promise<T>): Promise<T> {
  const mostBytes = socket.bytesRead + MOST_BYTES_READ;
  const end = performance.now() + statementMs + CLOCK_GRACE_MS;
  const closed = Promise.withResolvers<never>();
  const onClose = (): void => closed.reject(new ConnectionClosed());
  const giveUp = (error: Error): void => {
    closed.reject(error);
    cancel();
  };
  // A driver reads a row only when all of it is there: this sees it grow.
  const timer = setInterval(() => {
    if (socket.bytesRead > mostBytes) giveUp(new AnswerTooBig());
    else if (performance.now() > end) giveUp(new StatementFailed('The server did not end it in time.', TOOK_TOO_LONG));
  }, 10);
  socket.once('close', onClose);
  if (socket.destroyed) onClose();
  try {
    return await Promise.race([closed.promise, work()]);
  } finally {
    clearInterval(timer);
    socket.off('close', onClose);
  }
}
