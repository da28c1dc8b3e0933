import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Formats } from '../../shared/i18n/formats.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** Less than this is the network's doing, not thought. */
const LEAST_MS = 100;

/** What the model thought before it answered, folded. */
@Component({
  selector: 'oa-reasoning-fold',
  imports: [TranslocoPipe, Icon],
  template: `
    <details>
      <summary>
        <svg oaIcon="brain" size="14"></svg>
        @if (isActive()) {
          {{ 'session.reasoning.active' | transloco }}
        } @else if (isMeasured()) {
          {{ 'session.reasoning.took' | transloco: { time: formats.duration(tookMs()!) } }}
        } @else {
          {{ 'session.reasoning.done' | transloco }}
        }
        <svg class="mark" oaIcon="chevron-right" size="14"></svg>
      </summary>
      <p>{{ text() }}</p>
    </details>
  `,
  styles: `
    :host {
      display: block;
      color: var(--oa-text-muted);
      font: var(--oa-control);
    }

    summary {
      display: inline-flex;
      align-items: center;
      gap: var(--oa-space-3);
      min-height: 28px;
      border-radius: var(--oa-radius-control);
      list-style: none;
      cursor: pointer;
    }

    summary::-webkit-details-marker {
      display: none;
    }

    summary:hover {
      color: var(--oa-text);
    }

    .mark {
      transition: rotate var(--oa-in);
    }

    [open] .mark {
      rotate: 90deg;
    }

    p {
      margin-top: var(--oa-space-2);
      padding-inline-start: var(--oa-space-4);
      border-inline-start: 2px solid var(--oa-border);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class ReasoningFold {
  protected readonly formats = inject(Formats);
  readonly text = input.required<string>();
  readonly tookMs = input.required<number | null>();
  /** The model is still thinking. */
  readonly isActive = input(false);
  protected readonly isMeasured = computed(() => (this.tookMs() ?? 0) >= LEAST_MS);
}
