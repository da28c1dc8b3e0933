import type { McpServerDto, McpToolDto, McpToolState, UpdateMcpServerDto } from '@opsagent/contracts';
import type { KeptTool, McpServer } from './mcp-server.entity.js';
import { offeredName } from './tool-names.js';

export function toMcpServerDto(server: McpServer): McpServerDto {
  return {
    id: server.id,
    name: server.name,
    description: server.description,
    environment: server.environment,
    transport: server.transport,
    url: server.url,
    command: server.command,
    args: server.args,
    headers: server.headerNames,
    variables: server.variableNames,
    is_active: server.isActive,
    last_test: server.lastTest,
    tools: server.tools.map((tool) => toToolDto(server.name, tool)),
    created_at: server.createdAt.toISOString(),
    updated_at: server.updatedAt.toISOString(),
  };
}

/** Where a tool stands; only an allowed one may be offered. */
export function stateOf({ problem, isListed, allowedHash, hash }: KeptTool): McpToolState {
  if (problem !== null) return 'unusable';
  if (!isListed) return 'gone';
  if (allowedHash === null) return 'off';
  return allowedHash === hash ? 'allowed' : 'changed';
}

/** The columns that a caller changes, secrets apart; what was not sent is not among them. */
export function toMcpServerChange(input: UpdateMcpServerDto): Partial<McpServer> {
  const columns: Partial<McpServer> = {
    name: input.name,
    description: input.description,
    environment: input.environment,
    url: input.url,
    command: input.command,
    args: input.args,
    isActive: input.is_active,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

function toToolDto(server: string, tool: KeptTool): McpToolDto {
  const { name, title, description, parameters, hints, risk, problem, hash } = tool;
  return {
    ...{ name, title, description, hints, risk, problem, hash },
    offered_as: offeredName(server, name),
    parameters: { ...parameters },
    state: stateOf(tool),
  };
}
