import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { Environment } from '../../platform/config/environment.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { McpConnection } from './client/mcp.adapter.js';
import { McpFailed, ServerComplained } from './client/mcp-failed.js';
import { orAborted } from './client/or-aborted.js';
import { KnownMcpServers } from './known-mcp-servers.adapter.js';
import type { McpServer } from './mcp-server.entity.js';
import { STDIO_IS_OFF } from './mcp-server-rules.js';
import { McpServerSecrets } from './mcp-server-secrets.js';

const KEEP_IDLE_MS = 5 * 60_000;
/** After a call was given up its server gets this long to hear of it. */
const LAST_WORD_MS = 500;
const MOST_PROGRAMS = 8;

/** A session that calls share, and for how long it is kept. */
interface Kept {
  /** The server as it was when it was opened: another state of it opens another session. */
  readonly state: string;
  readonly isProgram: boolean;
  readonly opening: Promise<McpConnection>;
  /** Ends an opening that nobody waits for any more. */
  readonly ending: AbortController;
  inUse: number;
  isRetired: boolean;
  idle: NodeJS.Timeout | undefined;
}

/** Opens sessions with MCP servers at the first call, and keeps them for the next ones. */
@Injectable()
export class McpConnections implements OnModuleInit, BeforeApplicationShutdown {
  private readonly kept = new Map<string, Kept>();
  private readonly open = new Set<Promise<McpConnection>>();
  /** One for every program that runs. */
  private readonly programs = new Set<symbol>();

  constructor(
    private readonly outbound: Outbound,
    private readonly secrets: McpServerSecrets,
    private readonly environment: Environment,
    private readonly known: KnownMcpServers,
  ) {}

  onModuleInit(): void {
    this.known.onChange((servers) => this.keepOnly(servers));
  }

  /** A session of one's own, for a look at the server. @throws McpFailed, SecretUnreadable */
  async once<T>(server: McpServer, signal: AbortSignal, work: (connection: McpConnection) => Promise<T>): Promise<T> {
    const opening = this.start(server, signal);
    try {
      return await work(await opening);
    } finally {
      void this.end(opening);
    }
  }

  /** A call in the session that all calls share. @throws McpFailed, SecretUnreadable; the reason of `signal` */
  async use<T>(server: McpServer, signal: AbortSignal, work: (connection: McpConnection) => Promise<T>): Promise<T> {
    const session = this.sessionWith(server);
    session.inUse += 1;
    clearTimeout(session.idle);
    const gaveUp = (): void => this.retire(server.id, session);
    signal.addEventListener('abort', gaveUp, { once: true });
    try {
      return await work(await orAborted(session.opening, signal));
    } catch (error) {
      // Whatever went wrong with it, the next call has a new one.
      if (!(error instanceof ServerComplained)) this.retire(server.id, session);
      throw error;
    } finally {
      signal.removeEventListener('abort', gaveUp);
      session.inUse -= 1;
      this.rest(server.id, session);
    }
  }

  /** Ends the sessions with servers that are not among these any more, or are others by now. */
  private keepOnly(servers: readonly McpServer[]): void {
    for (const [id, session] of this.kept) {
      const server = servers.find((one) => one.id === id);
      if (server && stateOf(server) === session.state) continue;
      this.retire(id, session);
    }
  }

  /** While the way out is still open. */
  async beforeApplicationShutdown(): Promise<void> {
    this.kept.clear();
    await Promise.all([...this.open].map((opening) => this.end(opening)));
  }

  private sessionWith(server: McpServer): Kept {
    const known = this.kept.get(server.id);
    if (known?.state === stateOf(server)) return known;
    if (known) this.retire(server.id, known);
    const ending = new AbortController();
    const opening = this.start(server, ending.signal);
    const session: Kept = {
      state: stateOf(server),
      isProgram: server.transport === 'stdio',
      opening,
      ending,
      inUse: 0,
      isRetired: false,
      idle: undefined,
    };
    this.kept.set(server.id, session);
    opening.then(
      (connection) => connection.onClosed(() => this.retire(server.id, session)),
      () => this.retire(server.id, session),
    );
    return session;
  }

  private start(server: McpServer, signal: AbortSignal): Promise<McpConnection> {
    const opening = this.connect(server, signal);
    this.open.add(opening);
    opening.catch(() => this.open.delete(opening));
    return opening;
  }

  private async connect(server: McpServer, signal: AbortSignal): Promise<McpConnection> {
    const secrets = this.secrets.open(server);
    const place = Symbol(server.name);
    if (server.transport === 'stdio') {
      await this.makeRoom(server);
      this.programs.add(place);
    }
    try {
      const adapter = await import('./client/mcp.adapter.js');
      const connection = new adapter.McpConnection(this.outbound, { ...server, secrets });
      connection.onClosed(() => this.programs.delete(place));
      await connection.open(signal);
      return connection;
    } catch (error) {
      this.programs.delete(place);
      throw error;
    }
  }

  /** One that nobody uses makes room for another. @throws McpFailed */
  private async makeRoom({ name }: McpServer): Promise<void> {
    if (this.environment.OPSAGENT_MCP_STDIO !== 'on') throw new McpFailed('disabled', `${name}: ${STDIO_IS_OFF}.`);
    while (this.programs.size >= MOST_PROGRAMS) {
      const [id, idle] = [...this.kept].find(([, { isProgram, inUse }]) => isProgram && inUse === 0) ?? [];
      if (!id || !idle) {
        throw new McpFailed('failed', `${name} was not started: ${MOST_PROGRAMS} programs are at work already.`);
      }
      this.retire(id, idle);
      await this.end(idle.opening);
    }
  }

  private rest(id: string, session: Kept): void {
    if (session.inUse > 0) return;
    if (session.isRetired) return void this.endSoon(session);
    session.idle = setTimeout(() => this.retire(id, session), KEEP_IDLE_MS).unref();
  }

  /** No new call gets it; those that are under way end first. */
  private retire(id: string, session: Kept): void {
    if (session.isRetired) return;
    session.isRetired = true;
    clearTimeout(session.idle);
    if (this.kept.get(id) === session) this.kept.delete(id);
    if (session.inUse === 0) this.endSoon(session);
  }

  private endSoon({ opening, ending }: Kept): void {
    const end = (): void => {
      ending.abort();
      void this.end(opening);
    };
    setTimeout(end, LAST_WORD_MS).unref();
  }

  private async end(opening: Promise<McpConnection>): Promise<void> {
    const connection = await opening.catch(() => undefined);
    await connection?.close();
    this.open.delete(opening);
  }
}

function stateOf({ updatedAt }: McpServer): string {
  return updatedAt.toISOString();
}
