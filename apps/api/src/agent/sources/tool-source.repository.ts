import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { brokenConstraint } from '../../platform/database/broken-constraint.js';
import { Database } from '../../platform/database/database.js';
import { ToolSource } from './tool-source.entity.js';
import { ToolSourceNameTaken, ToolSourceNotFound } from './tool-source.errors.js';

/** Sources in the database. */
@Injectable()
export class ToolSourceRepository {
  constructor(private readonly database: Database) {}

  all(): Promise<ToolSource[]> {
    return this.table.find({ where: { deletedAt: IsNull() }, order: { name: 'ASC' } });
  }

  /** @throws ToolSourceNotFound, for a deleted one too */
  async getById(id: string): Promise<ToolSource> {
    const source = await this.table.findOneBy({ id, deletedAt: IsNull() });
    if (source === null) throw new ToolSourceNotFound(id);
    return source;
  }

  /** The source, kept from other changes until the transaction ends; null when there never was one. */
  locked(id: string): Promise<ToolSource | null> {
    return this.table.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** @throws ToolSourceNameTaken */
  async add(source: ToolSource): Promise<void> {
    await namedUniquely(source.name, () => this.table.insert(source));
  }

  /** @throws ToolSourceNameTaken */
  async change(id: string, name: string, columns: Partial<ToolSource>): Promise<void> {
    await namedUniquely(name, () => this.table.update({ id }, columns));
  }

  private get table() {
    return this.database.repositoryOf(ToolSource);
  }
}

/** The unique index decides, not a read before the write. */
async function namedUniquely(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (brokenConstraint(error) === 'uq_tool_sources_name') throw new ToolSourceNameTaken(name);
    throw error;
  }
}
