import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral, type Repository } from 'typeorm';

/** The way of every repository to its table, inside the transaction that is running, if one is. */
@Injectable()
export class Database {
  private readonly running = new AsyncLocalStorage<EntityManager>();

  constructor(private readonly dataSource: DataSource) {}

  repositoryOf<T extends ObjectLiteral>(entity: EntityTarget<T>): Repository<T> {
    return (this.running.getStore() ?? this.dataSource.manager).getRepository(entity);
  }

  /** Runs one SQL statement, for what TypeORM cannot express. */
  query<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return (this.running.getStore() ?? this.dataSource.manager).query<T[]>(text, values);
  }

  /** Runs `work` in one transaction; inside another transaction it joins that one. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.running.getStore()) return work();
    return this.dataSource.transaction((manager) => this.running.run(manager, work));
  }

  /** Runs `work` so that its failure takes back no more than itself, also as a part of the transaction that is running. */
  part<T>(work: () => Promise<T>): Promise<T> {
    const outer = this.running.getStore() ?? this.dataSource.manager;
    return outer.transaction((manager) => this.running.run(manager, work));
  }
}
