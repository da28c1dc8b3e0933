import { type Period, startOf } from './periods.js';

/** What was used, in one kind of money; '' where the price is not known. */
export interface Use {
  readonly tokens: number;
  readonly answers: number;
  readonly currency: string;
  readonly cost: number;
  readonly unpriced: number;
}

/** What one subject used in a period. */
export class UseFigures {
  tokens = 0;
  private answers = 0;
  private readonly costs = new Map<string, number>();
  private readonly priced = new Map<string, number>();

  add({ tokens, answers, currency, cost, unpriced }: Use): void {
    this.tokens += tokens;
    this.answers += answers;
    this.costs.set(currency, this.costIn(currency) + cost);
    this.priced.set(currency, (this.priced.get(currency) ?? 0) + answers - unpriced);
  }

  costIn(currency: string): number {
    return this.costs.get(currency) ?? 0;
  }

  /** Answers that `costIn` knows nothing of. */
  unpricedIn(currency: string): number {
    return this.answers - (this.priced.get(currency) ?? 0);
  }
}

const NOTHING = new UseFigures();

/** What subjects used, period by period. */
export class UseTable {
  private readonly figures = new Map<string, UseFigures>();

  add(period: Period, at: Date, kind: string, id: string, use: Use): void {
    const key = keyOf(period, at, kind, id);
    const known = this.figures.get(key) ?? new UseFigures();
    known.add(use);
    this.figures.set(key, known);
  }

  of(period: Period, at: Date, kind: string, id: string): UseFigures {
    return this.figures.get(keyOf(period, at, kind, id)) ?? NOTHING;
  }
}

function keyOf(period: Period, at: Date, kind: string, id: string): string {
  return `${period} ${startOf(period, at).getTime()} ${kind} ${id}`;
}
