import { Injectable } from '@nestjs/common';
import type { McpServerDto, McpToolWordDto, UpdateMcpToolsDto } from '@opsagent/contracts';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import { KnownMcpServers } from './known-mcp-servers.adapter.js';
import { targetOf, toldDifferences } from './mcp-server-audit.js';
import type { KeptTool, McpServer } from './mcp-server.entity.js';
import { McpServerChanged, McpServerNotFound, McpToolChanged } from './mcp-server.errors.js';
import { toMcpServerDto } from './mcp-server.mapper.js';
import { McpServerRepository } from './mcp-server.repository.js';

/** Takes an operator's word for tools: whether the model may have them, and how much they can do. */
@Injectable()
export class McpToolWords {
  constructor(
    private readonly repository: McpServerRepository,
    private readonly known: KnownMcpServers,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws McpServerNotFound, McpServerChanged, McpToolChanged, InvalidInput */
  async set(id: string, { tools: words }: UpdateMcpToolsDto, seen: Date | null): Promise<McpServerDto> {
    const changed = await this.database.transaction(async () => {
      const before = await this.repository.locked(id);
      if (before === null || before.deletedAt !== null) throw new McpServerNotFound(id);
      if (seen && seen.getTime() !== before.updatedAt.getTime()) throw new McpServerChanged(toMcpServerDto(before));
      const columns = { tools: toolsAfter(before, words), updatedAt: this.clock.now() };
      const after = { ...before, ...columns };
      await this.repository.change(id, before.name, columns);
      await this.auditLog.record({
        action: 'mcp_server.allow_tools',
        ...targetOf(before),
        ...toldDifferences(before, after),
      });
      return toMcpServerDto(after);
    });
    await this.known.changed();
    return changed;
  }
}

function toolsAfter(server: McpServer, words: readonly McpToolWordDto[]): KeptTool[] {
  const said = new Map(words.map((word) => [word.name, word]));
  for (const { name } of words) {
    if (!server.tools.some((tool) => tool.name === name)) throw new McpToolChanged(toMcpServerDto(server), name);
  }
  return server.tools.map((tool) => {
    const word = said.get(tool.name);
    return word === undefined ? tool : toolAfter(server, tool, word);
  });
}

/** Only what was looked at is allowed; taking a permission back needs no look. */
function toolAfter(
  server: McpServer,
  tool: KeptTool,
  { hash, is_allowed, risk = tool.risk }: McpToolWordDto,
): KeptTool {
  if (is_allowed === false) return { ...tool, risk, allowedHash: null };
  if (hash !== tool.hash) throw new McpToolChanged(toMcpServerDto(server), tool.name);
  if (is_allowed === undefined) return { ...tool, risk };
  if (tool.problem !== null) {
    const message = `tools: ${tool.name} cannot be allowed: ${tool.problem}`;
    throw new InvalidInput([{ field: 'tools', message }]);
  }
  return { ...tool, risk, allowedHash: tool.hash };
}
