import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, ConnectionOptions, FieldPacket, QueryError } from 'mysql2';
import type { Outbound } from '../../../platform/outbound/outbound.js';
import type { OpenSource, SourceFailed } from '../source-kind.js';
import {
  AnswerTooBig,
  brokenOff,
  CONNECT_MS,
  connectFailure,
  type DatabaseSession,
  LOCK_WAIT_MS,
  NotUnderstood,
  type ReadAnswer,
  type ReadLimits,
  type Row,
  type SessionLimits,
  socketTo,
  StatementFailed,
  TOOK_TOO_LONG,
  watched,
} from './database-session.js';
import { mysqlTypeName, mysqlValue } from './mysql-values.js';
import { RowKeeper } from './row-keeper.js';

export const MYSQL_PORT = 3306;
/** The server is told to stop; if it says nothing, its connection is closed all the same. */
const CANCEL_GRACE_MS = 300;

/** ER_STATEMENT_TIMEOUT of MariaDB, which the driver has no name for, and ER_QUERY_TIMEOUT of MySQL. */
const TIME_IS_UP = [1969, 3024];

/** What the driver's types leave out. */
interface Wire {
  handlePacket(packet: unknown): void;
}

/**
 * Signs in to a MySQL or MariaDB and begins a read-only transaction there.
 * @throws SourceFailed; the reason of `signal` when it is aborted
 */
export async function openMysql(
  outbound: Outbound,
  source: OpenSource,
  { statementMs }: SessionLimits,
  signal: AbortSignal,
): Promise<DatabaseSession> {
  const socket = await socketTo(outbound, source, MYSQL_PORT, signal);
  const hangUp = (): void => void socket.destroy();
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    const connection = await watched({ socket, statementMs: CONNECT_MS, cancel: hangUp }, () => signIn(source, socket));
    const session = new MysqlSession(outbound, source, connection, socket, statementMs, signal);
    await session.begin();
    return session;
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    throw signInFailure(source, error as Error);
  } finally {
    signal.removeEventListener('abort', hangUp);
  }
}

class MysqlSession implements DatabaseSession {
  engine: 'MySQL' | 'MariaDB' = 'MySQL';
  version = '';
  versionNumber = 0;
  private cancelling: Promise<void> | undefined;

  constructor(
    private readonly outbound: Outbound,
    private readonly source: OpenSource,
    private readonly connection: Connection,
    private readonly socket: Socket,
    private readonly statementMs: number,
    private readonly signal: AbortSignal,
  ) {}

  async begin(): Promise<void> {
    const [row] = await this.ask('select version() as version');
    const said = String(row?.['version']);
    this.engine = /mariadb/i.test(said) ? 'MariaDB' : 'MySQL';
    // A MariaDB behind some proxies says 5.5.5- before its own version.
    const [, major = '0', minor = '0', patch = '0'] = /^(?:5\.5\.5-)?(\d+)\.(\d+)\.(\d+)/.exec(said) ?? [];
    this.version = `${major}.${minor}.${patch}`;
    this.versionNumber = Number(major) * 100 + Number(minor);
    const isMariadb = this.engine === 'MariaDB';
    const longest = isMariadb
      ? `max_statement_time = ${this.statementMs / 1000}`
      : `max_execution_time = ${this.statementMs}`;
    const lockSeconds = LOCK_WAIT_MS / 1000;
    await this.ask(
      `set session sql_mode = '', ${longest}, time_zone = '+00:00', lock_wait_timeout = ${lockSeconds}, innodb_lock_wait_timeout = ${lockSeconds}`,
    );
    await this.ask('start transaction read only');
    this.signal.addEventListener('abort', this.cancel, { once: true });
  }

  ask(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.told(() => rowsOf(this.connection, sql, values));
  }

  async read(sql: string, limits: ReadLimits): Promise<ReadAnswer> {
    // The server stops by itself, unless the statement has a limit of its own.
    await this.ask(`set session sql_select_limit = ${limits.rows + 1}`);
    const keeper = new RowKeeper(limits);
    const columns = await this.told(() => this.run(sql, keeper));
    return { columns, rows: keeper.rows, ...(keeper.endedBy && { endedBy: keeper.endedBy }) };
  }

  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.cancel);
    const isAtRest = this.cancelling === undefined;
    // Where the server takes its time with the cancel, that goes on by itself.
    await Promise.race([this.cancelling, pause(CANCEL_GRACE_MS)]);
    // The rest of an answer is not waited for.
    if (isAtRest) await goodbye(this.connection);
    this.connection.destroy();
    this.socket.destroy();
  }

  /** One prepared statement; where enough rows have come it is killed, for nothing else ends it. */
  private run(sql: string, keeper: RowKeeper): Promise<ReadAnswer['columns']> {
    return new Promise((resolve, reject) => {
      let columns: ReadAnswer['columns'] = [];
      let fields: readonly FieldPacket[] = [];
      const query = this.connection.execute({ sql, rowsAsArray: true });
      query.on('fields', (found: FieldPacket[] | undefined) => {
        fields = found ?? [];
        columns = fields.map((field) => ({ name: field.name, type: mysqlTypeName(field) }));
      });
      query.on('result', (row: unknown) => {
        if (!Array.isArray(row) || keeper.endedBy !== undefined) return;
        if (keeper.add(row.map((value, index) => mysqlValue(value, fields[index])))) return;
        this.connection.pause();
        this.cancelling ??= this.kill().catch(() => undefined);
        resolve(columns);
      });
      query.on('error', (error: Error) => (keeper.endedBy === undefined ? reject(error) : resolve(columns)));
      query.on('end', () => resolve(columns));
    });
  }

  private async told<T>(work: () => Promise<T>): Promise<T> {
    try {
      this.signal.throwIfAborted();
      const { socket, statementMs, cancel } = this;
      const answer = await watched({ socket, statementMs, cancel }, work);
      // Some functions answer as if nothing were when they are killed.
      this.signal.throwIfAborted();
      return answer;
    } catch (error) {
      this.signal.throwIfAborted();
      if (error instanceof StatementFailed || error instanceof AnswerTooBig) throw error;
      const { code, errno = 0, sqlState, message } = error as QueryError;
      const shortCode = TIME_IS_UP.includes(errno) ? TOOK_TOO_LONG : code || String(errno);
      if (sqlState !== undefined) throw new StatementFailed(message, shortCode);
      throw brokenOff(this.source, error as Error);
    }
  }

  private readonly cancel = (): void => {
    this.cancelling ??= this.kill().catch(() => undefined);
    setTimeout(() => this.socket.destroy(), CANCEL_GRACE_MS).unref();
  };

  /** Everybody may end statements of their own. */
  private async kill(): Promise<void> {
    const { threadId } = this.connection;
    const socket = await socketTo(this.outbound, this.source, MYSQL_PORT, AbortSignal.timeout(CONNECT_MS));
    const connection = await signIn(this.source, socket);
    try {
      await rowsOf(connection, `kill query ${threadId}`);
      await goodbye(connection);
    } finally {
      connection.destroy();
    }
  }
}

/** Loaded at the first connection: a server without such sources starts without it. */
async function signIn(source: OpenSource, socket: Socket): Promise<Connection> {
  const { createConnection } = await import('mysql2');
  const connection = createConnection(optionsOf(source, socket));
  // What goes wrong while nothing is asked is found by the next question.
  connection.on('error', () => undefined);
  contain(connection as unknown as Wire, socket);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error === null ? resolve() : reject(error)));
  });
  return connection;
}

/** The driver throws at what it does not understand out of a listener, where nobody else could catch it. */
function contain(wire: Wire, socket: Socket): void {
  const handle = wire.handlePacket.bind(wire);
  wire.handlePacket = (packet) => {
    try {
      handle(packet);
    } catch {
      socket.destroy(new NotUnderstood());
    }
  };
}

function optionsOf({ settings, secrets }: OpenSource, socket: Socket): ConnectionOptions {
  const { host = '', port = MYSQL_PORT, tls = 'off', username, database } = settings;
  const isVerified = tls === 'verify';
  // What a certificate is compared with where the host is an address: Node sets it for names only.
  Object.assign(socket, { _host: host });
  return {
    ...{ host, port, user: username, password: secrets.password ?? '', stream: socket, connectTimeout: CONNECT_MS },
    ...(database === undefined ? {} : { database }),
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: isVerified, verifyIdentity: isVerified } }),
    charset: 'utf8mb4',
    // A server can ask for any file of its client.
    flags: ['-LOCAL_FILES'],
    multipleStatements: false,
    // Rows are read without code made of what a server says.
    disableEval: true,
    dateStrings: true,
    supportBigNumbers: true,
    jsonStrings: true,
    connectAttributes: { program_name: 'opsagent' },
  };
}

/** Leaves in good order, so that the server counts no connection that broke off. */
async function goodbye(connection: Connection): Promise<void> {
  let patience: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    patience = setTimeout(resolve, CANCEL_GRACE_MS);
    connection.end(() => resolve());
  });
  clearTimeout(patience);
}

function rowsOf(connection: Connection, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    connection.query({ sql, values: [...values], rowsAsArray: true }, (error, rows, fields) => {
      if (error !== null) return reject(error);
      // Statements that answer no rows answer no columns either.
      resolve(Array.isArray(rows) ? (rows as unknown[][]).map((row) => toldRow(row, fields)) : []);
    });
  });
}

function toldRow(row: readonly unknown[], fields: readonly FieldPacket[]): Row {
  // MySQL 8 names the columns of information_schema in capital letters.
  return Object.fromEntries(fields.map((field, index) => [field.name.toLowerCase(), mysqlValue(row[index], field)]));
}

function signInFailure(source: OpenSource, error: Error): SourceFailed {
  const { code = '', errno = 0 } = error as QueryError;
  if (error instanceof NotUnderstood) return connectFailure(source, error, 'wrong_service');
  if (code === 'ETIMEDOUT') return connectFailure(source, error, 'timeout');
  if (/^HANDSHAKE_.*SSL/.test(code)) return connectFailure(source, error, 'tls');
  // Access denied for a user, for a database, without a password, and accounts that are locked or expired.
  if ([1044, 1045, 1698, 1820, 1862, 3118, 4151].includes(errno))
    return connectFailure(source, error, 'authentication');
  return connectFailure(source, error, code.startsWith('ER_') ? 'failed' : undefined);
}
