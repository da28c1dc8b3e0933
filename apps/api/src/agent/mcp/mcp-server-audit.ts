import { differences } from '../../platform/audit/differences.js';
import type { KeptTool, McpServer } from './mcp-server.entity.js';
import { stateOf, toMcpServerDto } from './mcp-server.mapper.js';

export function targetOf({ id, name }: McpServer) {
  return { targetType: 'mcp_server', targetId: id, targetName: name };
}

/** What the audit log is told of a server: of its tools where each stands, not what the server says of them. */
export function toldOf(server: McpServer) {
  const { tools: _tools, last_test: _test, ...rest } = toMcpServerDto(server);
  return { ...rest, tools: toldTools(server.tools) };
}

/** The fields that became another value; a secret that was entered anew is the word "changed". */
export function toldDifferences(before: McpServer, after: McpServer) {
  const told = differences(toldOf(before), toldOf(after));
  return before.secrets === after.secrets ? told : { ...told, after: { ...told.after, secret_values: 'changed' } };
}

function toldTools(tools: readonly KeptTool[]): Record<string, string> {
  return Object.fromEntries(tools.map((tool) => [tool.name, `${stateOf(tool)}, ${tool.risk}`]));
}
