import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../platform/actor/current-actor.js';
import { RateLimits } from '../../platform/database/rate-limits.js';
import { TurnLimits } from '../../platform/limits/limits.js';
import type { CallPrice } from '../catalogue/pricing.js';
import { totalOf } from '../catalogue/pricing.js';
import { TooManyTests } from '../llm-config.errors.js';
import type { ModelUsage } from '../wire/model-wire.js';

const LIMIT = { name: 'model_tests', most: 120, withinSeconds: 60 };

/** One call of a test; null where its price is not known. */
export interface TestCall {
  readonly usage: ModelUsage;
  readonly price: CallPrice | null;
}

/** Tests cost money: a user begins so many a minute, counted for all processes, and pays for them out of their budget and the configuration's. */
@Injectable()
export class TestAllowance {
  constructor(
    private readonly actor: CurrentActor,
    private readonly rates: RateLimits,
    private readonly limits: TurnLimits,
  ) {}

  /** Those of a job are bounded by the job. @throws TooManyTests */
  async take(): Promise<void> {
    const userId = this.userId();
    if (userId === null) return;
    const seconds = await this.rates.take(LIMIT, userId);
    if (seconds > 0) throw new TooManyTests(LIMIT.most, seconds);
  }

  /** @throws BudgetSpent */
  requireBudget(llmConfigId: string | null): void {
    const userId = this.userId();
    if (userId !== null) this.limits.requireBudget({ owner: { userId }, llmConfigId });
  }

  /** Notes what the calls of a test used. */
  used(llmConfigId: string | null, calls: readonly TestCall[]): void {
    const userId = this.userId();
    if (userId === null) return;
    for (const { usage, price } of calls) {
      const { promptTokens, completionTokens } = usage;
      this.limits.used({ owner: { userId }, llmConfigId, promptTokens, completionTokens, cost: totalOf(price) });
    }
  }

  /** Null for what the server does by itself. */
  private userId(): string | null {
    const actor = this.actor.get();
    return actor.kind === 'user' ? actor.userId : null;
  }
}
