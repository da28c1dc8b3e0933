import { Component, computed, DestroyRef, effect, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../icon/icon.js';

const SECOND_MS = 1000;
/** From here on it is urgent. */
const SOON_S = 120;

/** The time until a request is over, counting. */
@Component({
  selector: 'oa-time-left',
  imports: [Icon, TranslocoPipe],
  template: `
    <span [class.soon]="left() <= soon">
      <svg oaIcon="clock" size="14"></svg>{{ 'approval.left' | transloco: { time: time() } }}
    </span>
  `,
  styles: `
    span {
      display: inline-flex;
      align-items: center;
      gap: var(--oa-space-2);
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }

    .soon {
      color: var(--oa-danger);
    }
  `,
})
export class TimeLeft {
  readonly until = input.required<string>();
  readonly runOut = output();
  protected readonly soon = SOON_S;
  private readonly now = signal(Date.now());
  protected readonly left = computed(() => Math.max(0, Math.ceil((Date.parse(this.until()) - this.now()) / SECOND_MS)));
  protected readonly time = computed(() => {
    const [hours, minutes, seconds] = [this.left() / 3600, (this.left() / 60) % 60, this.left() % 60].map(Math.floor);
    const two = (value = 0): string => String(value).padStart(2, '0');
    return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  });

  constructor() {
    const timer = setInterval(() => this.now.set(Date.now()), SECOND_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
    const isZero = computed(() => this.left() === 0);
    effect(() => {
      if (isZero()) this.runOut.emit();
    });
  }
}
