import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { AnswerUse } from '../platform/limits/limits.js';
import { Clock } from '../platform/clock/clock.js';
import type { Limit } from './limit.entity.js';
import { LimitStore } from './limit-store.js';
import { hourOf, type Period, startOf } from './periods.js';
import { type HourOfUse, UsageRepository, type UseSum } from './usage.repository.js';
import { type UseFigures, UseTable } from './use-figures.js';

const WRITE_AFTER_MS = 1_000;
const READ_EVERY_MS = 3_000;

/** Stands for a configuration that is not stored: what it used counts for who used it alone. */
const UNSTORED = '00000000-0000-0000-0000-000000000000';

/** Somebody who uses, or something that is used. */
export type User = Pick<UseSum, 'kind' | 'id'>;

/**
 * How much everybody used. Answers of this process count at once; they are written down once a second, all in one statement.
 * Those of other processes are read every three seconds, while somebody has a budget.
 */
@Injectable()
export class UsageLedger implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(UsageLedger.name);
  private readonly listeners = new Set<() => Promise<void>>();
  private table = new UseTable();
  private known: readonly User[] = [];
  /** Counted in the table, and not yet in the database. */
  private unwritten: HourOfUse[] = [];
  private working: Promise<void> = Promise.resolve();
  private writeTimer: NodeJS.Timeout | undefined;
  private readTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: UsageRepository,
    private readonly store: LimitStore,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.store.onChange(() => this.refresh());
    this.readTimer = setInterval(() => void this.refresh(), READ_EVERY_MS).unref();
    await this.refresh();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.readTimer);
    await this.inTurn(() => this.write());
  }

  /** Notes what an answer used; waits for nothing. */
  add({ owner, llmConfigId, promptTokens, completionTokens, cost }: AnswerUse): void {
    const use: HourOfUse = {
      hour: hourOf(this.clock.now()),
      ...('appId' in owner ? { ownerKind: 'app', ownerId: owner.appId } : { ownerKind: 'user', ownerId: owner.userId }),
      ...{
        llmConfigId: llmConfigId ?? UNSTORED,
        currency: cost?.currency ?? '',
        answers: 1,
        promptTokens,
        completionTokens,
      },
      ...{ cost: Number(cost?.total ?? 0), unpriced: cost === null ? 1 : 0 },
    };
    this.unwritten.push(use);
    addHour(this.table, use);
    this.writeTimer ??= setTimeout(() => void this.refresh(), WRITE_AFTER_MS).unref();
  }

  /** What a subject used so far in the period that is now. */
  figuresOf(period: Period, kind: string, id: string): UseFigures {
    return this.table.of(period, this.clock.now(), kind, id);
  }

  /** Everybody who used something this month, as of the last reading. */
  users(): readonly User[] {
    return this.known;
  }

  /** Calls `listener` whenever what all used was read. */
  onRead(listener: () => Promise<void>): void {
    this.listeners.add(listener);
  }

  /** Writes down what is gathered, and reads what all together used if somebody has a budget. */
  refresh(): Promise<void> {
    return this.inTurn(async () => {
      await this.write();
      if (!this.store.all().some(hasBudget)) return;
      await this.read();
      for (const listener of this.listeners) await listener();
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.working = this.working
      .then(work)
      .catch((error: Error) => this.logger.warn(`Figures of use are written and read later: ${error.message}`));
    return this.working;
  }

  private async write(): Promise<void> {
    clearTimeout(this.writeTimer);
    this.writeTimer = undefined;
    const { length } = this.unwritten;
    if (length === 0) return;
    await this.repository.add(gathered(this.unwritten));
    this.unwritten.splice(0, length);
  }

  private async read(): Promise<void> {
    const now = this.clock.now();
    const sums = await this.repository.sums(startOf('month', now), startOf('day', now));
    const table = new UseTable();
    for (const { kind, id, currency, day, month } of sums) {
      table.add('day', now, kind, id, { currency, ...day });
      table.add('month', now, kind, id, { currency, ...month });
    }
    // What came meanwhile was written by nobody yet.
    for (const use of this.unwritten) addHour(table, use);
    this.table = table;
    const users = sums.filter(({ id }) => id !== UNSTORED);
    this.known = [...new Map(users.map(({ kind, id }) => [`${kind} ${id}`, { kind, id }])).values()];
  }
}

export function hasBudget({ tokensPerDay, tokensPerMonth, costPerDay, costPerMonth }: Limit): boolean {
  return (tokensPerDay ?? tokensPerMonth ?? costPerDay ?? costPerMonth) !== null;
}

function addHour(table: UseTable, { hour, ownerKind, ownerId, llmConfigId, ...use }: HourOfUse): void {
  const counted = { ...use, tokens: use.promptTokens + use.completionTokens };
  for (const period of ['day', 'month'] as const) {
    table.add(period, hour, ownerKind, ownerId, counted);
    table.add(period, hour, 'llm_config', llmConfigId, counted);
  }
}

/** Uses of the same row are one: a statement may touch a row only once. */
function gathered(uses: readonly HourOfUse[]): HourOfUse[] {
  const byKey = Map.groupBy(uses, ({ hour, ownerKind, ownerId, llmConfigId, currency }) =>
    [hour.getTime(), ownerKind, ownerId, llmConfigId, currency].join(' '),
  );
  return [...byKey.values()].flatMap(([first, ...others]) => (first ? [others.reduce(sum, first)] : []));
}

function sum(a: HourOfUse, b: HourOfUse): HourOfUse {
  return {
    ...a,
    answers: a.answers + b.answers,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    cost: a.cost + b.cost,
    unpriced: a.unpriced + b.unpriced,
  };
}
