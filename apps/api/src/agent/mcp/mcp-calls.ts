import { Injectable } from '@nestjs/common';
import { OutcomeLost, type ToolResult } from '../tools/agent-tool.js';
import type { McpConnection } from './client/mcp.adapter.js';
import { AnswerLost, McpFailed, SessionGone } from './client/mcp-failed.js';
import { KnownMcpServers } from './known-mcp-servers.adapter.js';
import { McpConnections } from './mcp-connections.js';
import { McpDiscovery } from './mcp-discovery.js';
import type { KeptTool, McpServer } from './mcp-server.entity.js';
import { stateOf } from './mcp-server.mapper.js';
import { resultOf } from './tools/call-result.js';
import { oneLine } from './tools/foreign-text.js';
import { hashOfTool } from './tools/tool-hash.js';

const LONGEST_QUERY = 2_000;

/** Calls tools of MCP servers, as long as they are what was allowed. */
@Injectable()
export class McpCalls {
  constructor(
    private readonly known: KnownMcpServers,
    private readonly connections: McpConnections,
    private readonly discovery: McpDiscovery,
  ) {}

  /** @throws Error, a sentence, when the tool is not what the turn was offered, or the input does not fit */
  async check(serverId: string, offered: KeptTool, input: unknown): Promise<void> {
    this.allowed(serverId, offered);
    const { problemWithInput } = await import('./client/schema-check.adapter.js');
    const problem = problemWithInput(offered.inputSchema, input);
    if (problem !== undefined) throw new Error(problem);
  }

  /** @throws as `check` does; the reason of `signal` */
  async make(serverId: string, offered: KeptTool, input: unknown, signal: AbortSignal): Promise<ToolResult> {
    await this.check(serverId, offered, input);
    const server = this.allowed(serverId, offered);
    const query = queryOf(offered.name, input);
    try {
      return await this.ask(server, offered, input, signal).catch((error: unknown) => {
        // It was not done: the server did not know who asked.
        if (error instanceof SessionGone) return this.ask(server, offered, input, signal);
        throw error;
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof McpFailed)) throw error;
      return { status: 'error', message: error.message, query, source: server.name };
    }
  }

  private ask(server: McpServer, tool: KeptTool, input: unknown, signal: AbortSignal): Promise<ToolResult> {
    return this.connections.use(server, signal, async (connection) => {
      const refusal = await this.refusalOf(server, tool, connection, signal);
      if (refusal !== undefined) return { status: 'refused', message: refusal };
      const answer = await connection.call(tool.name, input, signal).catch((error: unknown) => {
        throw error instanceof AnswerLost ? new OutcomeLost(error.message, { cause: error }) : error;
      });
      const { hidden } = connection;
      return resultOf(answer, { source: server.name, query: queryOf(tool.name, input), hidden });
    });
  }

  /** Looked at before every call: why a tool is not called any more. The server tells something else of it than when it was allowed. */
  private async refusalOf(
    server: McpServer,
    tool: KeptTool,
    connection: McpConnection,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { tools: listed } = await connection.list(signal);
    const told = listed.find(({ name }) => name === tool.name);
    if (told && hashOfTool(told) === tool.allowedHash) return undefined;
    const { toldTools } = await import('./client/told-tools.adapter.js');
    const tools = await toldTools(server.name, listed, connection.hidden);
    await this.discovery.keep(server, { action: 'mcp_server.tools_changed', tools });
    return told
      ? `${server.name} changed this tool since it was allowed. An administrator has to look at it again.`
      : `${server.name} does not offer this tool any more.`;
  }

  private allowed(serverId: string, { name, allowedHash, risk }: KeptTool): McpServer {
    const server = this.known.find(serverId);
    const tool = server?.tools.find((one) => one.name === name);
    const isSame = tool && stateOf(tool) === 'allowed' && tool.allowedHash === allowedHash && tool.risk === risk;
    if (server && isSame) return server;
    throw new Error(`The tool ${name} is no longer allowed as it was when this answer began.`);
  }
}

/** The call in one line. */
export function queryOf(tool: string, input: unknown): string {
  return oneLine(`${tool} ${JSON.stringify(input)}`, LONGEST_QUERY);
}
