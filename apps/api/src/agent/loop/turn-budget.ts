import type { CallPrice } from '../../llm-config/catalogue/pricing.js';
import type { ModelUsage } from '../../llm-config/wire/model-wire.js';
import { TURN_LIMITS } from './turn-limits.js';

/** Prices are told in this part of their currency. */
const PRICE_UNIT = 1e12;

/** A call that is known already. */
interface KnownCall {
  readonly position: number;
}

/** Counts what a turn has used and says when it is enough. */
export class TurnBudget {
  private modelCalls = 0;
  private toolCalls = 0;
  private tokens = 0;
  private money = 0;
  private stuckRounds = 0;
  private waitedMs = 0;
  private readonly startedMs = performance.now();
  private readonly known = new Map<string, KnownCall>();

  /** Why the model has to answer now, without tools; undefined while it may go on. */
  get whyUsedUp(): string | undefined {
    if (this.modelCalls >= TURN_LIMITS.modelCalls - 1) return `the model was asked ${this.modelCalls} times`;
    if (this.toolCalls >= TURN_LIMITS.toolCalls) return `${this.toolCalls} tool calls were run`;
    if (this.tokens >= TURN_LIMITS.tokens) return `${this.tokens} tokens were used`;
    if (this.money >= TURN_LIMITS.money) return 'the answer has cost as much as one may';
    if (this.stuckRounds >= TURN_LIMITS.stuckRounds) return 'the last calls led nowhere';
    if (this.workedMs >= TURN_LIMITS.milliseconds) return 'the time for one answer is over';
    return undefined;
  }

  countModelCall(): void {
    this.modelCalls += 1;
  }

  countUsage({ promptTokens, completionTokens }: ModelUsage, price: CallPrice | null): void {
    this.tokens += promptTokens + completionTokens;
    if (price) this.money += Number(price.prompt + price.completion) / PRICE_UNIT;
  }

  /** Time in which people think is not the model's. */
  countWaiting(milliseconds: number): void {
    this.waitedMs += milliseconds;
  }

  /** Why a call is not run, or undefined when it may be. `call` is the same text for the same tool and input. */
  refusalOf(call: string, position: number): string | undefined {
    if (this.toolCalls >= TURN_LIMITS.toolCalls)
      return `At most ${TURN_LIMITS.toolCalls} tool calls are run per answer.`;
    const known = this.known.get(call);
    if (known) {
      return `This very call was made in step ${known.position}: use its result, change the input or answer with what you have.`;
    }
    this.known.set(call, { position });
    this.toolCalls += 1;
    return undefined;
  }

  /** A call that failed may be tried again. */
  forget(call: string): void {
    this.known.delete(call);
  }

  /** Something was changed: whatever was read before may be different by now. */
  forgetAll(): void {
    this.known.clear();
  }

  countRound(ledNowhere: boolean): void {
    this.stuckRounds = ledNowhere ? this.stuckRounds + 1 : 0;
  }

  private get workedMs(): number {
    return performance.now() - this.startedMs - this.waitedMs;
  }
}
