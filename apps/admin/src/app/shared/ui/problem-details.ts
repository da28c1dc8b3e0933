import { Component, computed, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Problem } from '../data/problem.js';
import { CopyButton } from './copy-button.js';

/** The facts of a failure for whoever has to mend it, folded, to be copied in one press. */
@Component({
  selector: 'oa-problem-details',
  imports: [CopyButton, TranslocoPipe],
  template: `
    <details>
      <summary>{{ 'common.details' | transloco }}</summary>
      <dl>
        <dt>{{ 'common.code' | transloco }}</dt>
        <dd class="oa-mono">{{ problem().code }}</dd>
        @if (problem().status) {
          <dt>{{ 'common.status' | transloco }}</dt>
          <dd class="oa-mono">{{ problem().status }}</dd>
        }
        <dt>{{ 'common.time' | transloco }}</dt>
        <dd class="oa-mono">{{ at() }}</dd>
        @if (problem().requestId) {
          <dt>{{ 'common.requestId' | transloco }}</dt>
          <dd class="oa-mono">{{ problem().requestId }}</dd>
        }
        @if (problem().detail) {
          <dt>{{ 'common.serverWords' | transloco }}</dt>
          <dd>{{ problem().detail }}</dd>
        }
      </dl>
      <oa-copy-button [text]="copied()" />
    </details>
  `,
  styles: `
    details {
      color: var(--oa-text-muted);
      font: var(--oa-caption);
    }

    summary {
      padding: var(--oa-space-2);
      cursor: pointer;
    }

    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: var(--oa-space-2) var(--oa-space-4);
      max-width: 60ch;
      padding: var(--oa-space-3) 0;
      text-align: start;
    }
  `,
})
export class ProblemDetails {
  readonly problem = input.required<Problem>();
  /** When it was noticed here. */
  protected readonly at = computed(() => this.problem() && new Date().toISOString());
  protected readonly copied = computed(() => {
    const { code, status, requestId, detail } = this.problem();
    return JSON.stringify({ code, status, time: this.at(), request_id: requestId, detail }, null, 2);
  });
}
