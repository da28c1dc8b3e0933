import { Injectable } from '@nestjs/common';
import type { McpServerDto, McpServerTestDto } from '@opsagent/contracts';
import { Clock } from '../../platform/clock/clock.js';
import { McpFailed } from './client/mcp-failed.js';
import { McpConnections } from './mcp-connections.js';
import { McpDiscovery } from './mcp-discovery.js';
import type { McpServer, ToldTool } from './mcp-server.entity.js';
import { toMcpServerDto } from './mcp-server.mapper.js';
import { McpServerRepository } from './mcp-server.repository.js';

const LONGEST_MS = 30_000;

type Looked = Pick<McpServerTestDto, 'ok' | 'fault' | 'detail'> & { tools?: ToldTool[] };

/** Asks MCP servers what they are and which tools they have. */
@Injectable()
export class McpServerTests {
  constructor(
    private readonly repository: McpServerRepository,
    private readonly connections: McpConnections,
    private readonly discovery: McpDiscovery,
    private readonly clock: Clock,
  ) {}

  /** Switched on or not; a failed test is a result. @throws McpServerNotFound, SecretUnreadable */
  async run(id: string): Promise<McpServerDto> {
    const server = await this.repository.getById(id);
    const start = this.clock.monotonicMs();
    const { tools, ...told } = await this.look(server);
    const ms = Math.round(this.clock.monotonicMs() - start);
    const test = { ...told, ms, tested_at: this.clock.now().toISOString() };
    return toMcpServerDto(await this.discovery.keep(server, { action: 'mcp_server.test', tools, test }));
  }

  private async look(server: McpServer): Promise<Looked> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    try {
      return await this.connections.once(server, signal, async (connection) => {
        const listed = await connection.list(signal);
        const left =
          listed.leftOut === 0 ? '' : `; ${listed.leftOut} tools that do not follow the protocol are left out`;
        const { toldTools } = await import('./client/told-tools.adapter.js');
        const tools = await toldTools(server.name, listed.tools, connection.hidden);
        return { ok: true, fault: null, detail: connection.words + left, tools };
      });
    } catch (error) {
      if (error instanceof McpFailed) return { ok: false, fault: error.fault, detail: error.message };
      if (!signal.aborted) throw error;
      return { ok: false, fault: 'timeout', detail: `No answer within ${LONGEST_MS / 1000} seconds.` };
    }
  }
}
