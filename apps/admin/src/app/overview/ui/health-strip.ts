import { Component, computed, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { LlmConfigHealthDto } from '@opsagent/contracts';

/** How a configuration did: with the words of `overview.health`. */
export type Health = 'good' | 'some' | 'bad' | 'quiet';

/** Most failed is bad, any failed is some. */
export function healthIn(requests: number, errors: number): Health {
  if (requests === 0) return 'quiet';
  if (errors === 0) return 'good';
  return errors * 2 > requests ? 'bad' : 'some';
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The last 24 hours of one configuration, a cell a quarter of an hour; height tells bad from good as well as colour. */
@Component({
  selector: 'oa-health-strip',
  imports: [TranslocoPipe],
  template: `
    <svg
      role="img"
      viewBox="0 0 96 16"
      preserveAspectRatio="none"
      [attr.aria-label]="
        'overview.health.cells' | transloco: { name: health().name, requests: requests(), errors: errors() }
      "
    >
      @for (cell of cells(); track $index) {
        <rect
          width="0.8"
          [class]="cell.health"
          [attr.x]="$index"
          [attr.y]="16 - cell.height"
          [attr.height]="cell.height"
        />
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
      height: 20px;
    }

    .quiet {
      fill: var(--oa-border);
    }

    .good {
      fill: var(--oa-success);
    }

    .some {
      fill: var(--oa-warning);
    }

    .bad {
      fill: var(--oa-danger);
    }
  `,
})
export class HealthStrip {
  readonly health = input.required<LlmConfigHealthDto>();
  protected readonly requests = computed(() => sum(this.health().requests));
  protected readonly errors = computed(() => sum(this.health().errors));
  protected readonly cells = computed(() => {
    const { requests, errors } = this.health();
    return requests.map((count, index) => {
      const health = healthIn(count, errors[index] ?? 0);
      return { health, height: { quiet: 3, good: 8, some: 12, bad: 16 }[health] };
    });
  });
}
