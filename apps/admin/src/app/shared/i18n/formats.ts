import { computed, inject, Service } from '@angular/core';
import { TimeZone } from '../data/time-zone.js';
import { Language } from './language.js';

const MINUTE = 60_000;
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 60 * MINUTE],
  ['month', 30 * 24 * 60 * MINUTE],
  ['day', 24 * 60 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
];

/** Dates and figures as the active language writes them; reading one in a template follows a switch of language. */
@Service()
export class Formats {
  private readonly language = inject(Language);
  private readonly timeZone = inject(TimeZone);
  private readonly moments = computed(
    () =>
      new Intl.DateTimeFormat(this.language.active(), {
        ...{ dateStyle: 'medium', timeStyle: 'short' },
        timeZone: this.timeZone.choice() ?? undefined,
      }),
  );
  private readonly relatives = computed(() => new Intl.RelativeTimeFormat(this.language.active(), { numeric: 'auto' }));
  private readonly percents = computed(
    () => new Intl.NumberFormat(this.language.active(), { style: 'percent', maximumFractionDigits: 1 }),
  );
  private readonly numbers = computed(() => new Intl.NumberFormat(this.language.active()));

  /** An ISO moment in full, in the reader's time zone. */
  moment(iso: string): string {
    return this.moments().format(new Date(iso));
  }

  /** How long ago an ISO moment was: “3 小时前”, "3 hours ago". */
  ago(iso: string, now = Date.now()): string {
    const passed = Date.parse(iso) - now;
    const [unit, size] = STEPS.find(([, length]) => Math.abs(passed) >= length) ?? ['second', 1000];
    return this.relatives().format(unit === 'second' ? 0 : Math.trunc(passed / size), unit);
  }

  /** A part of one, from 0 to 1. */
  percent(value: number): string {
    return this.percents().format(value);
  }

  /** A small amount of money, to two significant digits at least; a currency nobody knows is written beside it. */
  money(amount: string, currency: string): string {
    return this.currency(amount, currency, { maximumSignificantDigits: 3 });
  }

  /** An amount of money in full, such as a budget. */
  amount(value: number, currency: string): string {
    return this.currency(String(value), currency, { maximumFractionDigits: 6 });
  }

  number(value: number): string {
    return this.numbers().format(value);
  }

  /** A number of tokens as models are named by it: 128K, 1M; full steps of 1000 or of 1024. */
  tokens(count: number): string {
    const step = count % 1000 === 0 ? 1000 : 1024;
    if (count < step) return this.number(count);
    const [size, unit] = count / step >= 1000 ? [count / step / step, 'M'] : [count / step, 'K'];
    return `${this.number(Math.round(size * 10) / 10)}${unit}`;
  }

  /** A duration: milliseconds below a second and a half, seconds above. */
  duration(milliseconds: number): string {
    if (milliseconds < 1500) return `${this.number(Math.round(milliseconds))} ms`;
    return `${this.number(Math.round(milliseconds / 100) / 10)} s`;
  }

  private currency(amount: string, currency: string, digits: Intl.NumberFormatOptions): string {
    const options = { style: 'currency', currency, minimumFractionDigits: 0, ...digits } as const;
    try {
      return new Intl.NumberFormat(this.language.active(), options).format(Number(amount));
    } catch (error) {
      if (error instanceof RangeError) return `${amount} ${currency}`;
      throw error;
    }
  }
}
