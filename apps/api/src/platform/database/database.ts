import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral, type Repository } from 'typeorm';

/** What is gathered for one of those who do something at the end, and what they do with it. */
interface Ending {
  readonly items: unknown[];
  readonly run: (items: never[]) => Promise<void>;
}

/** A transaction that is running, and what it does last. */
interface Running {
  readonly manager: EntityManager;
  readonly endings: Map<object, Ending>;
}

/** The way of every repository to its table, inside the transaction that is running, if one is. */
@Injectable()
export class Database {
  private readonly running = new AsyncLocalStorage<Running>();

  constructor(private readonly dataSource: DataSource) {}

  repositoryOf<T extends ObjectLiteral>(entity: EntityTarget<T>): Repository<T> {
    return (this.running.getStore()?.manager ?? this.dataSource.manager).getRepository(entity);
  }

  /** Runs one SQL statement, for what TypeORM cannot express. */
  query<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return (this.running.getStore()?.manager ?? this.dataSource.manager).query<T[]>(text, values);
  }

  /** Runs `work` in one transaction; inside another transaction it joins that one. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.running.getStore()) return work();
    return this.dataSource.transaction((manager) => {
      const endings: Running['endings'] = new Map();
      return this.running.run({ manager, endings }, async () => {
        const result = await work();
        for (const { items, run } of endings.values()) await run(items as never[]);
        return result;
      });
    });
  }

  /**
   * Gathers `item` for the end of the transaction that is running, or of one of its own. There `run` is called once with
   * everything gathered for it: what it locks, it locks but shortly.
   */
  atEnd<T>(item: T, run: (items: T[]) => Promise<void>): Promise<void> {
    return this.transaction(() => {
      const running = this.running.getStore();
      if (running) gather(running.endings, { items: [item], run });
      return Promise.resolve();
    });
  }

  /** Runs `work` on one process at a time; does nothing while another one, or this one, runs it under the same name. */
  async unlessElsewhere(name: string, work: () => Promise<void>): Promise<void> {
    const holder = this.dataSource.createQueryRunner();
    try {
      const [row] = (await holder.query('select pg_try_advisory_lock(hashtext($1)) as free', [name])) as {
        free: boolean;
      }[];
      if (!row?.free) return;
      await work().finally(() => holder.query('select pg_advisory_unlock(hashtext($1))', [name]));
    } finally {
      await holder.release();
    }
  }

  /** Runs `work` so that its failure takes back no more than itself, also as a part of the transaction that is running. */
  async part<T>(work: () => Promise<T>): Promise<T> {
    const outer = this.running.getStore();
    if (!outer) return this.transaction(work);
    const endings: Running['endings'] = new Map();
    const result = await outer.manager.transaction((manager) => this.running.run({ manager, endings }, work));
    for (const ending of endings.values()) gather(outer.endings, ending);
    return result;
  }
}

function gather(endings: Running['endings'], { items, run }: Ending): void {
  const known = endings.get(run);
  if (known) known.items.push(...items);
  else endings.set(run, { items, run });
}
