import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  AuditAction,
  CreateMcpServerDto,
  McpServerDto,
  McpServerListDto,
  UpdateMcpServerDto,
} from '@opsagent/contracts';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Environment } from '../../platform/config/environment.js';
import { Database } from '../../platform/database/database.js';
import { KnownMcpServers } from './known-mcp-servers.adapter.js';
import { targetOf, toldDifferences, toldOf } from './mcp-server-audit.js';
import type { KeptTool, McpServer } from './mcp-server.entity.js';
import { McpServerChanged, McpServerNotFound } from './mcp-server.errors.js';
import { toMcpServerChange, toMcpServerDto } from './mcp-server.mapper.js';
import { McpServerRepository } from './mcp-server.repository.js';
import { checkPlace, checkWhereSecretsGo, placeOf } from './mcp-server-rules.js';
import { changedValues, McpServerSecrets } from './mcp-server-secrets.js';

/** Registers the MCP servers whose tools the agent may be given. */
@Injectable()
export class McpServerService {
  constructor(
    private readonly repository: McpServerRepository,
    private readonly secrets: McpServerSecrets,
    private readonly known: KnownMcpServers,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly environment: Environment,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<McpServerListDto> {
    const servers = await this.repository.all();
    return { items: servers.map(toMcpServerDto), total: servers.length, is_stdio_allowed: this.isStdioAllowed };
  }

  /** @throws McpServerNotFound */
  async get(id: string): Promise<McpServerDto> {
    return toMcpServerDto(await this.repository.getById(id));
  }

  /** @throws InvalidInput, McpServerNameTaken */
  async create(input: CreateMcpServerDto): Promise<McpServerDto> {
    const server = this.newServer(input);
    checkPlace(server, input, this.isStdioAllowed);
    await this.database.transaction(async () => {
      await this.repository.add(server);
      await this.auditLog.record({ action: 'mcp_server.create', ...targetOf(server), after: toldOf(server) });
    });
    await this.known.changed();
    return toMcpServerDto(server);
  }

  /** @param seen what the caller believes `updated_at` to be @throws McpServerNotFound, McpServerChanged, McpServerNameTaken, InvalidInput */
  update(id: string, input: UpdateMcpServerDto, seen: Date | null): Promise<McpServerDto> {
    return this.change(id, 'mcp_server.update', (before) => {
      requireUnchanged(before, seen);
      return this.columnsAfter(before, input);
    });
  }

  /** The model loses its tools at once; it can be restored. @throws McpServerNotFound */
  async delete(id: string): Promise<void> {
    await this.change(id, 'mcp_server.delete', () => ({ deletedAt: this.clock.now() }));
  }

  /** Takes a deletion back, secrets and allowed tools included. @throws McpServerNotFound, McpServerNameTaken */
  restore(id: string): Promise<McpServerDto> {
    return this.change(id, 'mcp_server.restore', () => ({ deletedAt: null }), true);
  }

  private newServer({ name, transport, headers, variables, ...input }: CreateMcpServerDto): McpServer {
    const id = randomUUID();
    const now = this.clock.now();
    const secrets = { headers: changedValues({}, headers, true), variables: changedValues({}, variables) };
    return {
      ...{ id, name, transport },
      description: input.description ?? '',
      environment: input.environment ?? '',
      url: input.url ?? null,
      command: input.command ?? null,
      args: input.args ?? [],
      ...this.secrets.columnsFor(id, secrets),
      isActive: input.is_active ?? true,
      ...{ lastTest: null, tools: [], createdAt: now, updatedAt: now, deletedAt: null },
    };
  }

  private columnsAfter(before: McpServer, input: UpdateMcpServerDto): Partial<McpServer> {
    const columns = toMcpServerChange(input);
    const after = { ...before, ...columns };
    const isSwitchedOff = !after.isActive && placeOf(before) === placeOf(after);
    checkPlace(after, input, this.isStdioAllowed || isSwitchedOff);
    checkWhereSecretsGo(before, after, input);
    // What was allowed was allowed of the server that stood there.
    const moved = placeOf(before) === placeOf(after) ? {} : { tools: before.tools.map(notAllowed), lastTest: null };
    if (input.headers === undefined && input.variables === undefined) return { ...columns, ...moved };
    const { headers, variables } = this.secrets.open(before);
    const secrets = {
      headers: changedValues(headers, input.headers, true),
      variables: changedValues(variables, input.variables),
    };
    return { ...columns, ...moved, ...this.secrets.columnsFor(before.id, secrets) };
  }

  private get isStdioAllowed(): boolean {
    return this.environment.OPSAGENT_MCP_STDIO === 'on';
  }

  private async change(
    id: string,
    action: AuditAction,
    decide: (before: McpServer) => Partial<McpServer>,
    isDeleted = false,
  ): Promise<McpServerDto> {
    const changed = await this.database.transaction(async () => {
      const before = await this.repository.locked(id);
      if (before === null || (before.deletedAt !== null) !== isDeleted) throw new McpServerNotFound(id);
      const columns = { ...decide(before), updatedAt: this.clock.now() };
      const after = { ...before, ...columns };
      await this.repository.change(id, after.name, columns);
      await this.auditLog.record({ action, ...targetOf(before), ...toldDifferences(before, after) });
      return toMcpServerDto(after);
    });
    await this.known.changed();
    return changed;
  }
}

/** @throws McpServerChanged */
function requireUnchanged(before: McpServer, seen: Date | null): void {
  if (seen && seen.getTime() !== before.updatedAt.getTime()) throw new McpServerChanged(toMcpServerDto(before));
}

function notAllowed(tool: KeptTool): KeptTool {
  return { ...tool, allowedHash: null };
}
