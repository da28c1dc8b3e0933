import { Component, computed, input } from '@angular/core';

const WIDTH = 120;
const HEIGHT = 28;

/** Figures of 24 hours as a small line of bars; what it shows is said in words by `summary`. */
@Component({
  selector: 'oa-sparkline',
  template: `
    <svg role="img" [attr.viewBox]="box" [attr.aria-label]="summary()" preserveAspectRatio="none">
      @for (bar of bars(); track $index) {
        <rect [attr.x]="bar.x" [attr.y]="bar.y" [attr.width]="bar.width" [attr.height]="bar.height" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: block;
    }

    svg {
      display: block;
      width: 100%;
      height: 28px;
    }

    rect {
      fill: var(--oa-primary);
    }

    :host(.danger) rect {
      fill: var(--oa-danger);
    }
  `,
})
export class Sparkline {
  readonly values = input.required<readonly number[]>();
  readonly summary = input.required<string>();
  protected readonly box = `0 0 ${WIDTH} ${HEIGHT}`;
  protected readonly bars = computed(() => {
    const values = this.values();
    const most = Math.max(1, ...values);
    const step = WIDTH / Math.max(1, values.length);
    // A line of one unit stands for nothing, so that a quiet hour is seen to be one.
    return values.map((value, index) => {
      const height = value === 0 ? 1 : Math.max(2, (value / most) * HEIGHT);
      return { x: index * step, y: HEIGHT - height, width: step * 0.7, height };
    });
  });
}
