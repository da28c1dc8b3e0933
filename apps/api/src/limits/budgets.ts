import { Injectable } from '@nestjs/common';
import type { LimitFigureDto, LimitKind, LimitLevel, LimitName, LimitWarningDto } from '@opsagent/contracts';
import { Clock } from '../platform/clock/clock.js';
import { BudgetSpent } from '../platform/limits/limit.errors.js';
import type { Limit } from './limit.entity.js';
import { endOf, type Period } from './periods.js';
import { UsageLedger } from './usage-ledger.js';

/** Whose limits they are, and what they are. */
export interface Limited {
  readonly kind: LimitKind;
  readonly id: string;
  readonly limit: Limit;
}

interface Budget {
  readonly name: LimitName;
  readonly period: Period;
  readonly most: (limit: Limit) => number | null;
  readonly isMoney: boolean;
}

const BUDGETS: readonly Budget[] = [
  { name: 'tokens_per_day', period: 'day', most: (limit) => limit.tokensPerDay, isMoney: false },
  { name: 'tokens_per_month', period: 'month', most: (limit) => limit.tokensPerMonth, isMoney: false },
  { name: 'cost_per_day', period: 'day', most: (limit) => limit.costPerDay, isMoney: true },
  { name: 'cost_per_month', period: 'month', most: (limit) => limit.costPerMonth, isMoney: true },
];

/** What is left of budgets: looked at in memory alone. */
@Injectable()
export class Budgets {
  constructor(
    private readonly ledger: UsageLedger,
    private readonly clock: Clock,
  ) {}

  /** @returns the warning about the budget of which least is left, if any is to be warned of. @throws BudgetSpent */
  check(limited: readonly Limited[]): LimitWarningDto | null {
    let worst: { kind: LimitKind; figure: LimitFigureDto } | null = null;
    for (const one of limited)
      for (const figure of this.figuresOf(one)) {
        if (figure.level === 'reached')
          throw new BudgetSpent({ ...figure, kind: one.kind }, this.secondsUntil(figure.resets_at));
        if (figure.level === 'soft' && (worst === null || partOf(figure) > partOf(worst.figure)))
          worst = { kind: one.kind, figure };
      }
    return worst === null ? null : toWarning(worst.kind, worst.figure);
  }

  /** How much is used of every budget that is set. */
  figuresOf({ kind, id, limit }: Limited): LimitFigureDto[] {
    return BUDGETS.flatMap((budget) => {
      const most = budget.most(limit);
      return most === null ? [] : [this.figureOf(budget, most, kind, id, limit)];
    });
  }

  private figureOf({ name, period, isMoney }: Budget, most: number, kind: LimitKind, id: string, limit: Limit) {
    const use = this.ledger.figuresOf(period, kind, id);
    const currency = isMoney ? (limit.currency ?? '') : null;
    const used = currency === null ? use.tokens : Math.round(use.costIn(currency) * 1e6) / 1e6;
    return {
      ...{ name, most, used, currency, level: levelOf(used, most, limit.softPercent) },
      resets_at: endOf(period, this.clock.now()).toISOString(),
      unpriced_answers: currency === null ? null : use.unpricedIn(currency),
    } satisfies LimitFigureDto;
  }

  private secondsUntil(moment: string | null): number {
    return Math.max(1, Math.ceil((Date.parse(moment ?? '') - this.clock.now().getTime()) / 1000));
  }
}

/** @param softPercent from which part on to warn */
export function levelOf(used: number, most: number, softPercent: number): LimitLevel {
  if (used >= most) return 'reached';
  return used * 100 >= most * softPercent ? 'soft' : 'free';
}

function partOf({ used, most }: LimitFigureDto): number {
  return used / most;
}

function toWarning(kind: LimitKind, figure: LimitFigureDto): LimitWarningDto {
  const used_percent = Math.floor(partOf(figure) * 100);
  return { kind, name: figure.name, used_percent, resets_at: figure.resets_at ?? '' };
}
