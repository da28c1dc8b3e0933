import { Injectable } from '@nestjs/common';
import type { RunbookSort } from '@opsagent/contracts';
import { ArrayContains, type FindOptionsWhere, In, IsNull, QueryFailedError } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { Runbook } from './runbook.entity.js';
import { RunbookImportedAgain, RunbookNotFound } from './runbook.errors.js';

/** Which runbooks to list. */
export interface RunbooksWanted {
  readonly tag?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly id?: string | undefined;
  readonly sort: RunbookSort;
  readonly skip: number;
  readonly limit: number;
}

/** Runbooks in their table. */
@Injectable()
export class RunbookRepository {
  constructor(private readonly database: Database) {}

  page({ tag, isActive, id, sort, skip, limit }: RunbooksWanted): Promise<[Runbook[], number]> {
    const where: FindOptionsWhere<Runbook> = {
      deletedAt: IsNull(),
      ...(tag === undefined ? {} : { tags: ArrayContains([tag]) }),
      ...(isActive === undefined ? {} : { isActive }),
      ...(id === undefined ? {} : { id }),
    };
    const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
    const column = sort.endsWith('title') ? 'title' : 'updatedAt';
    return this.table.findAndCount({ where, order: { [column]: direction, id: 'ASC' }, skip, take: limit });
  }

  /** @throws RunbookNotFound, for a deleted one too */
  async getById(id: string): Promise<Runbook> {
    const runbook = await this.table.findOneBy({ id, deletedAt: IsNull() });
    if (runbook === null) throw new RunbookNotFound(id);
    return runbook;
  }

  /** The runbook, kept from other changes until the transaction ends; null when there never was one. */
  locked(id: string): Promise<Runbook | null> {
    return this.table.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Those that came from these files. Imports go one after the other until their transactions end. */
  async lockedBySource(names: readonly string[]): Promise<Map<string, Runbook>> {
    await this.database.query(`select pg_advisory_xact_lock(hashtext('runbooks.import'))`);
    const runbooks = await this.table.find({
      where: { sourceName: In([...names]), deletedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return new Map(runbooks.map((runbook) => [runbook.sourceName ?? '', runbook]));
  }

  async add(runbooks: readonly Runbook[]): Promise<void> {
    if (runbooks.length > 0) await this.table.insert([...runbooks]);
  }

  /** @throws RunbookImportedAgain */
  async change({ id, sourceName }: Runbook, columns: Partial<Runbook>): Promise<void> {
    try {
      await this.table.update({ id }, columns);
    } catch (error) {
      const { constraint } = (error instanceof QueryFailedError ? error.driverError : {}) as { constraint?: string };
      if (constraint === 'uq_runbooks_source_name') throw new RunbookImportedAgain(sourceName ?? '');
      throw error;
    }
  }

  private get table() {
    return this.database.repositoryOf(Runbook);
  }
}
