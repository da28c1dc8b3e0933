import { Injectable } from '@nestjs/common';
import type { AgentTool } from '../tools/agent-tool.js';
import type { MoreTools } from '../tools/tool-registry.js';
import { KnownMcpServers } from './known-mcp-servers.adapter.js';
import { McpCalls, queryOf } from './mcp-calls.js';
import type { KeptTool, McpServer } from './mcp-server.entity.js';
import { stateOf } from './mcp-server.mapper.js';
import { offeredName } from './tool-names.js';
import { oneLine } from './tools/foreign-text.js';

const CALL_MS = 60_000;
const LONGEST_SUMMARY = 500;

/** The allowed tools of the MCP servers that are switched on, from what is kept of them: no server is asked. */
@Injectable()
export class McpTools implements MoreTools {
  private of: readonly McpServer[] | undefined;
  private tools: readonly AgentTool[] = [];

  constructor(
    private readonly known: KnownMcpServers,
    private readonly calls: McpCalls,
  ) {}

  list(): readonly AgentTool[] {
    const servers = this.known.list();
    if (servers !== this.of) {
      this.of = servers;
      this.tools = firstOfEachName(servers.flatMap((server) => this.toolsOf(server)));
    }
    return this.tools;
  }

  private toolsOf(server: McpServer): AgentTool[] {
    return server.tools.filter((tool) => stateOf(tool) === 'allowed').map((tool) => this.toolOf(server, tool));
  }

  private toolOf(server: McpServer, tool: KeptTool): AgentTool {
    const { id, name, environment } = server;
    const label = `${tool.title || tool.name} (${name})`;
    return {
      name: offeredName(name, tool.name),
      description: describedAs(name, tool),
      // What the server says of its input is more than our own tools need; it is checked where the call is made.
      parameters: { type: 'object' },
      foreignParameters: tool.parameters,
      risk: tool.risk,
      label: { en: label, zh: label },
      timeoutMs: CALL_MS,
      describe: async (input) => {
        await this.calls.check(id, tool, input);
        const summary = oneLine(queryOf(tool.name, input), LONGEST_SUMMARY);
        return { target: name, summary, ...(environment === '' ? {} : { environment }) };
      },
      run: (input, { signal }) => this.calls.make(id, tool, input, signal),
    };
  }
}

/** The server's words stand as a quotation: a model must not take them for ours. */
function describedAs(server: string, { description }: KeptTool): string {
  const words =
    description === '' ? 'It says nothing of it.' : `It says of it, unchecked: ${JSON.stringify(description)}`;
  return `A tool of the MCP server "${server}". ${words}`;
}

/** A server could give two tools names that become the same. */
function firstOfEachName(tools: readonly AgentTool[]): AgentTool[] {
  return [...new Map(tools.toReversed().map((tool) => [tool.name, tool])).values()].reverse();
}
