import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LimitFigureDto } from '@opsagent/contracts';
import { RequestContexts } from '../platform/actor/request-context.js';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { LimitSubjects } from '../platform/limits/limit-subjects.js';
import { Budgets, type Limited } from './budgets.js';
import { LimitRepository, type Notice } from './limit.repository.js';
import { LimitStates } from './limit-states.js';
import { startOf } from './periods.js';
import { UsageLedger } from './usage-ledger.js';

/** Writes down, once in its period, that a budget is nearly or wholly spent. */
@Injectable()
export class LimitNotices implements OnModuleInit {
  /** Those that this process need not look for any more. */
  private readonly told = new Set<string>();

  constructor(
    private readonly ledger: UsageLedger,
    private readonly states: LimitStates,
    private readonly budgets: Budgets,
    private readonly repository: LimitRepository,
    private readonly subjects: LimitSubjects,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly contexts: RequestContexts,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ledger.onRead(() => this.look());
  }

  private async look(): Promise<void> {
    for (const one of await this.states.everybody())
      for (const figure of this.budgets.figuresOf(one)) if (figure.level !== 'free') await this.tell(one, figure);
  }

  private async tell({ kind, id, limit }: Limited, figure: LimitFigureDto): Promise<void> {
    const { name, level, most, used, currency, resets_at } = figure;
    const periodStart = startOf(name.endsWith('day') ? 'day' : 'month', this.clock.now());
    const notice: Notice = { kind, subject: id, name, level, periodStart };
    const key = JSON.stringify([notice, limit.updatedAt]);
    if (this.told.has(key)) return;
    const targetName = (await this.subjects.namesOf(kind, [id])).get(id) ?? null;
    // Nobody asked for this: whose answer was the last one before it has no part in it.
    await this.contexts.run({ id: randomUUID(), address: null }, () =>
      this.database.transaction(async () => {
        if (!(await this.repository.addNotice(notice))) return;
        await this.audit.record({
          action: level === 'soft' ? 'limit.nearly_spent' : 'limit.spent',
          ...{ targetType: `limit.${kind}`, targetId: id, targetName },
          after: { name, most, used, currency, resets_at },
        });
      }),
    );
    this.told.add(key);
  }
}
