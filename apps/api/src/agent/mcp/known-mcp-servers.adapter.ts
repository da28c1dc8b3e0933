import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Environment } from '../../platform/config/environment.js';
import { Signals } from '../../platform/database/signals.js';
import { Outbound, type Place } from '../../platform/outbound/outbound.js';
import type { McpServer } from './mcp-server.entity.js';
import { McpServerRepository } from './mcp-server.repository.js';

const CHANNEL = 'mcp_server_changed';
const OUTBOUND_GROUP = 'mcp_servers';
/** The safety net under the signals. */
const READ_EVERY_MS = 60_000;

/** Keeps the MCP servers that are switched on, and may be used here, in memory. */
@Injectable()
export class KnownMcpServers implements OnModuleInit, OnApplicationBootstrap {
  private readonly logger = new Logger(KnownMcpServers.name);
  private readonly listeners: ((servers: readonly McpServer[]) => void)[] = [];
  private servers: readonly McpServer[] = [];
  /** Whether this process may start programs. */
  private readonly mayStart: boolean;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly repository: McpServerRepository,
    private readonly outbound: Outbound,
    private readonly signals: Signals,
    environment: Environment,
  ) {
    this.mayStart = environment.OPSAGENT_MCP_STDIO === 'on';
  }

  onModuleInit(): void {
    this.signals.subscribe(CHANNEL, () => void this.readAgain());
    this.signals.onReconnect(() => void this.readAgain());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.readAgain();
    setInterval(() => void this.readAgain(), READ_EVERY_MS).unref();
  }

  /** All of them are the same list until one changes. */
  list(): readonly McpServer[] {
    return this.servers;
  }

  find(id: string): McpServer | undefined {
    return this.servers.find((server) => server.id === id);
  }

  /** Tells whenever they are others. */
  onChange(listener: (servers: readonly McpServer[]) => void): void {
    this.listeners.push(listener);
  }

  /** Makes every process read the servers again; called after a change is committed. */
  async changed(): Promise<void> {
    await this.readAgain();
    try {
      await this.signals.publish(CHANNEL, '');
    } catch (error) {
      this.logger.warn(
        `Other processes learn of a changed MCP server within a minute only: ${(error as Error).message}`,
      );
    }
  }

  /** One reading after the other, so that an older one never comes last. */
  private readAgain(): Promise<void> {
    return (this.reading = this.reading.then(() => this.read()));
  }

  private async read(): Promise<void> {
    try {
      const all = await this.repository.all();
      const servers = all.filter(({ isActive, transport }) => isActive && (transport === 'http' || this.mayStart));
      this.outbound.allowOnly(OUTBOUND_GROUP, servers.flatMap(placeOfServer));
      if (JSON.stringify(servers) === JSON.stringify(this.servers)) return;
      this.servers = servers;
      for (const listener of this.listeners) listener(servers);
    } catch (error) {
      this.logger.warn(`The registered MCP servers could not be read: ${(error as Error).message}`);
    }
  }
}

/** Where a server listens; nowhere when it is a program. */
function placeOfServer({ url }: McpServer): Place[] {
  if (url === null || !URL.canParse(url)) return [];
  const { hostname, port, protocol } = new URL(url);
  return [{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) }];
}
