import type { CallPrice } from '../llm-config/catalogue/pricing.js';
import { amountOf, decimalOf } from '../llm-config/catalogue/decimal.js';

/** What a turn cost, as decimals in one currency. */
export interface TurnCost {
  readonly currency: string;
  readonly total: string;
  readonly prompt: string;
  readonly completion: string;
  /** Per million tokens, at the last call. */
  readonly promptUnit: string;
  readonly completionUnit: string;
}

/** Adds up a turn's model calls, exactly; one call without a known price leaves the whole unknown. */
export class TurnCosts {
  private last: CallPrice | null = null;
  private prompt = 0n;
  private completion = 0n;
  private isUnknown = false;

  add(price: CallPrice | null): void {
    if (price === null || (this.last !== null && this.last.currency !== price.currency)) {
      this.isUnknown = true;
      return;
    }
    this.last = price;
    this.prompt += price.prompt;
    this.completion += price.completion;
  }

  /** Takes over what an earlier process has counted. @param isCounted whether a call had ended by then */
  goOnFrom(cost: TurnCost | null, isCounted: boolean): void {
    if (cost) this.add({ ...cost, prompt: amountOf(cost.prompt), completion: amountOf(cost.completion) });
    else this.isUnknown = isCounted;
  }

  /** Null when no call ended, or when what one of them cost is not known. */
  sum(): TurnCost | null {
    if (this.last === null || this.isUnknown) return null;
    const { currency, promptUnit, completionUnit } = this.last;
    return {
      ...{ currency, promptUnit, completionUnit },
      total: decimalOf(this.prompt + this.completion),
      prompt: decimalOf(this.prompt),
      completion: decimalOf(this.completion),
    };
  }
}
