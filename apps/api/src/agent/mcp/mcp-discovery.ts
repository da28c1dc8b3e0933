import { Injectable } from '@nestjs/common';
import type { AuditAction, McpServerTestDto } from '@opsagent/contracts';
import { differences } from '../../platform/audit/differences.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { KnownMcpServers } from './known-mcp-servers.adapter.js';
import { targetOf, toldOf } from './mcp-server-audit.js';
import type { KeptTool, McpServer, ToldTool } from './mcp-server.entity.js';
import { McpServerNotFound } from './mcp-server.errors.js';
import { McpServerRepository } from './mcp-server.repository.js';
import { placeOf } from './mcp-server-rules.js';

/** What a look at a server found. */
interface Found {
  readonly action: Extract<AuditAction, 'mcp_server.test' | 'mcp_server.tools_changed'>;
  /** Undefined when the server did not tell. */
  readonly tools: readonly ToldTool[] | undefined;
  readonly test?: McpServerTestDto;
}

/** Keeps what servers tell of their tools beside what operators said of them. */
@Injectable()
export class McpDiscovery {
  constructor(
    private readonly repository: McpServerRepository,
    private readonly known: KnownMcpServers,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
  ) {}

  /** @returns the server as it is now @throws McpServerNotFound */
  async keep(looked: McpServer, { action, tools, test }: Found): Promise<McpServer> {
    const after = await this.database.transaction(async () => {
      const before = await this.repository.locked(looked.id);
      if (before === null || before.deletedAt !== null) throw new McpServerNotFound(looked.id);
      // It was moved while it was looked at: what was found is of another one.
      if (placeOf(before) !== placeOf(looked)) return before;
      const columns = {
        ...(test && { lastTest: test }),
        ...(tools && { tools: toolsAfter(before.tools, tools) }),
      };
      const after = { ...before, ...columns };
      await this.repository.change(before.id, before.name, columns);
      const told = differences(toldOf(before), toldOf(after));
      const result = test && { ok: test.ok, fault: test.fault };
      await this.auditLog.record({ action, ...targetOf(before), ...told, after: { ...told.after, ...result } });
      return after;
    });
    await this.known.changed();
    return after;
  }
}

/** An operator's word stays with the tool; what the server no longer names stays only as long as it is allowed. */
function toolsAfter(before: readonly KeptTool[], told: readonly ToldTool[]): KeptTool[] {
  const now = told.map((tool): KeptTool => {
    const known = before.find(({ name }) => name === tool.name);
    return { ...tool, risk: known?.risk ?? 'dangerous', allowedHash: known?.allowedHash ?? null, isListed: true };
  });
  const gone = before.filter(
    ({ name, allowedHash }) => allowedHash !== null && !told.some((tool) => tool.name === name),
  );
  const all = [...now, ...gone.map((tool) => ({ ...tool, isListed: false }))];
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}
