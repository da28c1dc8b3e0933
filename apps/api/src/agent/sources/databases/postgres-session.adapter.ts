import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import { Client, Connection, type ClientConfig, DatabaseError, Query, type QueryResult, types } from 'pg';
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
  watched,
} from './database-session.js';
import { POSTGRES_TYPES } from './postgres-values.js';
import { RowKeeper } from './row-keeper.js';

export const POSTGRES_PORT = 5432;
/** The server is told to stop; if it says nothing, its connection is closed all the same. */
const CANCEL_GRACE_MS = 300;

/** What the driver's types leave out. */
interface Wire extends EventEmitter {
  connect(port: number, host: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
  sync(): void;
  attachListeners(stream: Duplex): void;
}
interface BackendKey {
  readonly processID: number | null;
  readonly secretKey: number | null;
}

/**
 * Signs in to a PostgreSQL and begins a read-only transaction there.
 * @throws SourceFailed; the reason of `signal` when it is aborted
 */
export async function openPostgres(
  outbound: Outbound,
  source: OpenSource,
  { statementMs }: SessionLimits,
  signal: AbortSignal,
): Promise<DatabaseSession> {
  const socket = await socketTo(outbound, source, POSTGRES_PORT, signal);
  const client = new Client({ ...configOf(source), stream: () => alreadyConnected(socket) });
  const { connection } = client as unknown as { connection: Wire };
  contain(connection);
  if (configOf(source).ssl === false) neverInTheClear(connection, socket);
  // What goes wrong while nothing is asked is found by the next question.
  client.on('error', () => undefined);
  const hangUp = (): void => void socket.destroy();
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    await watched({ socket, statementMs: CONNECT_MS, cancel: hangUp }, () => client.connect());
    const session = new PostgresSession(outbound, source, client, socket, statementMs, signal);
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

class PostgresSession implements DatabaseSession {
  readonly engine = 'PostgreSQL';
  version = '';
  versionNumber = 0;
  private cancelling: Promise<void> | undefined;

  constructor(
    private readonly outbound: Outbound,
    private readonly source: OpenSource,
    private readonly client: Client,
    private readonly socket: Socket,
    private readonly statementMs: number,
    private readonly signal: AbortSignal,
  ) {}

  async begin(): Promise<void> {
    await this.ask('begin transaction read only');
    // For the transaction only, so that a pooler between hands nothing on.
    const settings = {
      statement_timeout: this.statementMs,
      lock_timeout: LOCK_WAIT_MS,
      idle_in_transaction_session_timeout: this.statementMs + 30_000,
      standard_conforming_strings: 'on',
      timezone: 'UTC',
      datestyle: 'ISO',
      intervalstyle: 'iso_8601',
      bytea_output: 'hex',
      max_parallel_workers_per_gather: 0,
    };
    const calls = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', true)`);
    const [said] = await this.ask(
      `select current_setting('server_version') as version, current_setting('server_version_num') as number, ${calls.join(', ')}`,
    );
    this.version = String(said?.['version']).split(' ')[0] ?? '';
    this.versionNumber = Math.floor(Number(said?.['number']) / 100);
    this.signal.addEventListener('abort', this.cancel, { once: true });
  }

  async ask(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const query = { text: sql, values: [...values], types: POSTGRES_TYPES };
    return this.told(async () => (await this.client.query<Row>(query)).rows);
  }

  async read(sql: string, limits: ReadLimits): Promise<ReadAnswer> {
    const keeper = new RowKeeper(limits);
    const { fields } = await this.told(() => this.run(sql, keeper));
    const columns = await this.columnsOf(fields);
    return { columns, rows: keeper.rows, ...(keeper.endedBy && { endedBy: keeper.endedBy }) };
  }

  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.cancel);
    // Where the server takes its time with the cancel, that goes on by itself.
    await Promise.race([this.cancelling, pause(CANCEL_GRACE_MS)]);
    // A server that does not hang up is left.
    const patience = setTimeout(() => this.socket.destroy(), CANCEL_GRACE_MS);
    await this.client.end().catch(() => undefined);
    clearTimeout(patience);
    this.socket.destroy();
  }

  /** One portal, of which as many rows are fetched as are wanted. */
  private run(sql: string, keeper: RowKeeper): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      const query = new OnePortal(sql, keeper.limits.rows + 1);
      query.on('row', (row: unknown[]) => keeper.add(row));
      query.on('error', reject);
      query.on('end', (result: QueryResult) => resolve(result));
      this.client.query(query);
    });
  }

  private async columnsOf(fields: QueryResult['fields']): Promise<ReadAnswer['columns']> {
    const ids = fields.map(({ dataTypeID }) => dataTypeID);
    const sql = 'select format_type(id, null) as type from unnest($1::oid[]) with ordinality as ids (id, n) order by n';
    const names = await this.ask(sql, [ids]);
    return fields.map(({ name }, index) => ({ name, type: String(names[index]?.['type']) }));
  }

  private async told<T>(work: () => Promise<T>): Promise<T> {
    try {
      this.signal.throwIfAborted();
      const { socket, statementMs, cancel } = this;
      const answer = await watched({ socket, statementMs, cancel }, work);
      this.signal.throwIfAborted();
      return answer;
    } catch (error) {
      this.signal.throwIfAborted();
      if (saidByServer(error)) throw new StatementFailed(error.message, error.code ?? '');
      if (error instanceof StatementFailed || error instanceof AnswerTooBig) throw error;
      throw brokenOff(this.source, error as Error);
    }
  }

  private readonly cancel = (): void => {
    this.cancelling ??= this.cancelThere().catch(() => undefined);
    setTimeout(() => this.socket.destroy(), CANCEL_GRACE_MS).unref();
  };

  /** The statement goes on there when its connection is merely closed: the server is told over another one. */
  private async cancelThere(): Promise<void> {
    const { processID, secretKey } = this.client as unknown as BackendKey;
    if (processID === null || secretKey === null) return;
    const within = AbortSignal.timeout(CONNECT_MS);
    const socket = await socketTo(this.outbound, this.source, POSTGRES_PORT, within);
    const { ssl = false, host = '' } = configOf(this.source);
    const connection = new Connection({ stream: () => alreadyConnected(socket), ssl });
    const wire = connection as unknown as Wire;
    contain(wire);
    await new Promise<void>((resolve) => {
      const ask = (): void => wire.cancel(processID, secretKey);
      connection.once('connect', () => (ssl === false ? ask() : wire.requestSsl()));
      connection.once('sslconnect', ask);
      for (const end of ['end', 'error']) connection.once(end, () => resolve());
      within.addEventListener('abort', () => resolve(), { once: true });
      wire.connect(POSTGRES_PORT, host);
    });
    socket.destroy();
  }
}

/** A statement in the extended protocol, which takes no second one; it ends when enough rows have come. */
class OnePortal extends Query {
  constructor(text: string, rows: number) {
    const config = { text, rows, rowMode: 'array', queryMode: 'extended', types: POSTGRES_TYPES };
    super(config);
  }

  /** Called by the driver, which would fetch the next rows. */
  handlePortalSuspended(connection: Wire): void {
    connection.sync();
  }
}

function configOf({ settings, secrets }: OpenSource): ClientConfig {
  const { host = '', port = POSTGRES_PORT, tls = 'off', username, database = 'postgres' } = settings;
  return {
    ...{ host, port, database, user: username, password: secrets.password ?? '' },
    ssl: tls === 'off' ? false : { rejectUnauthorized: tls === 'verify' },
    application_name: 'opsagent',
    connectionTimeoutMillis: CONNECT_MS,
    types,
  };
}

/** The driver connects the socket that it is given: this one already is. */
function alreadyConnected(socket: Socket): Socket {
  const connect = (): Socket => {
    queueMicrotask(() => socket.emit('connect'));
    return socket;
  };
  return Object.assign(socket, { connect });
}

/** The driver throws at what it does not understand out of a listener, where nobody else could catch it. */
function contain(wire: Wire): void {
  const attach = wire.attachListeners.bind(wire);
  wire.attachListeners = (stream) => {
    const emit = stream.emit.bind(stream) as (...event: unknown[]) => boolean;
    stream.emit = (...event: unknown[]): boolean => {
      try {
        return emit(...event);
      } catch {
        stream.destroy(new NotUnderstood());
        return true;
      }
    };
    attach(stream);
  };
}

/** Whoever sits between could ask for the password as it is; where nothing is encrypted it is not told. */
function neverInTheClear(wire: Wire, socket: Socket): void {
  wire.prependListener('authenticationCleartextPassword', () => socket.destroy(new AsksInTheClear()));
}

class AsksInTheClear extends Error {
  constructor() {
    super('it asks for the password in the clear, which is told over TLS only');
  }
}

/** The driver makes an error of its own, without a code, of an answer that it does not know. */
function saidByServer(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && Boolean(error.code);
}

function signInFailure(source: OpenSource, error: Error): SourceFailed {
  if (/^timeout/i.test(error.message)) return connectFailure(source, error, 'timeout');
  if (error instanceof AsksInTheClear || /SSL/.test(error.message)) return connectFailure(source, error, 'tls');
  if (error instanceof NotUnderstood || (error instanceof DatabaseError && !saidByServer(error))) {
    return connectFailure(source, new NotUnderstood(), 'wrong_service');
  }
  if (!saidByServer(error)) return connectFailure(source, error);
  // Class 28: invalid authorisation. Source: postgresql.org/docs/current/errcodes-appendix.html
  return connectFailure(source, error, error.code?.startsWith('28') ? 'authentication' : 'failed');
}
