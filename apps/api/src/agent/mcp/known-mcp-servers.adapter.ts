import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Environment } from '../../platform/config/environment.js';
import { FreshCopy } from '../../platform/database/fresh-copy.js';
import { Signals } from '../../platform/database/signals.js';
import { Outbound, type Place } from '../../platform/outbound/outbound.js';
import type { McpServer } from './mcp-server.entity.js';
import { McpServerRepository } from './mcp-server.repository.js';

const CHANNEL = 'mcp_server_changed';
const OUTBOUND_GROUP = 'mcp_servers';

/** Keeps the MCP servers that are switched on, and may be used here, in memory. */
@Injectable()
export class KnownMcpServers implements OnModuleInit, OnApplicationBootstrap {
  private readonly copy: FreshCopy;
  private readonly listeners: ((servers: readonly McpServer[]) => void)[] = [];
  private servers: readonly McpServer[] = [];
  /** Whether this process may start programs. */
  private readonly mayStart: boolean;

  constructor(
    private readonly repository: McpServerRepository,
    private readonly outbound: Outbound,
    signals: Signals,
    environment: Environment,
  ) {
    this.copy = new FreshCopy(signals, {
      channel: CHANNEL,
      what: 'The registered MCP servers',
      read: () => this.read(),
    });
    this.mayStart = environment.OPSAGENT_MCP_STDIO === 'on';
  }

  onModuleInit(): void {
    this.copy.listen();
  }

  onApplicationBootstrap(): Promise<void> {
    return this.copy.start();
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
  changed(): Promise<void> {
    return this.copy.changed();
  }

  private async read(): Promise<void> {
    const all = await this.repository.all();
    const servers = all.filter(({ isActive, transport }) => isActive && (transport === 'http' || this.mayStart));
    this.outbound.allowOnly(OUTBOUND_GROUP, servers.flatMap(placeOfServer));
    if (JSON.stringify(servers) === JSON.stringify(this.servers)) return;
    this.servers = servers;
    for (const listener of this.listeners) listener(servers);
  }
}

/** Where a server listens; nowhere when it is a program. */
function placeOfServer({ url }: McpServer): Place[] {
  if (url === null || !URL.canParse(url)) return [];
  const { hostname, port, protocol } = new URL(url);
  return [{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) }];
}
