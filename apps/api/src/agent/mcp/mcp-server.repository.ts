import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { brokenConstraint } from '../../platform/database/broken-constraint.js';
import { Database } from '../../platform/database/database.js';
import { McpServer } from './mcp-server.entity.js';
import { McpServerNameTaken, McpServerNotFound } from './mcp-server.errors.js';

/** MCP servers in the database. */
@Injectable()
export class McpServerRepository {
  constructor(private readonly database: Database) {}

  all(): Promise<McpServer[]> {
    return this.table.find({ where: { deletedAt: IsNull() }, order: { name: 'ASC' } });
  }

  /** @throws McpServerNotFound, for a deleted one too */
  async getById(id: string): Promise<McpServer> {
    const server = await this.table.findOneBy({ id, deletedAt: IsNull() });
    if (server === null) throw new McpServerNotFound(id);
    return server;
  }

  /** The server, kept from other changes until the transaction ends; null when there never was one. */
  locked(id: string): Promise<McpServer | null> {
    return this.table.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** @throws McpServerNameTaken */
  async add(server: McpServer): Promise<void> {
    await namedUniquely(server.name, () => this.table.insert(server as QueryDeepPartialEntity<McpServer>));
  }

  /** @throws McpServerNameTaken */
  async change(id: string, name: string, columns: Partial<McpServer>): Promise<void> {
    await namedUniquely(name, () => this.table.update({ id }, columns as QueryDeepPartialEntity<McpServer>));
  }

  private get table() {
    return this.database.repositoryOf(McpServer);
  }
}

/** The unique index decides, not a read before the write. */
async function namedUniquely(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (brokenConstraint(error) === 'uq_mcp_servers_name') throw new McpServerNameTaken(name);
    throw error;
  }
}
