import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Formats } from '../../shared/i18n/formats.js';
import type { Turn } from '../turn.js';

/** What an answer took: model, times, tokens. */
@Component({
  selector: 'oa-answer-details',
  imports: [TranslocoPipe],
  template: `
    <dl>
      <div>
        <dt>{{ 'session.details.model' | transloco }}</dt>
        <dd class="oa-mono">{{ turn().model_name ?? ('session.details.unknown' | transloco) }}</dd>
      </div>
      <div>
        <dt>{{ 'session.details.firstToken' | transloco }}</dt>
        <dd>{{ time(turn().first_token_ms) ?? ('session.details.unknown' | transloco) }}</dd>
      </div>
      <div>
        <dt>{{ 'session.details.total' | transloco }}</dt>
        <dd>{{ time(turn().total_ms) ?? ('session.details.unknown' | transloco) }}</dd>
      </div>
      @if (turn().usage; as usage) {
        <div>
          <dt>{{ 'session.details.tokensIn' | transloco }}</dt>
          <dd>{{ formats.number(usage.prompt_tokens) }}</dd>
        </div>
        @if (usage.cached_tokens > 0) {
          <div>
            <dt>{{ 'session.details.cached' | transloco }}</dt>
            <dd>{{ formats.number(usage.cached_tokens) }}</dd>
          </div>
        }
        <div>
          <dt>{{ 'session.details.tokensOut' | transloco }}</dt>
          <dd>{{ formats.number(usage.completion_tokens) }}</dd>
        </div>
        @if (usage.reasoning_tokens > 0) {
          <div>
            <dt>{{ 'session.details.reasoning' | transloco }}</dt>
            <dd>{{ formats.number(usage.reasoning_tokens) }}</dd>
          </div>
        }
      }
      <div>
        <dt>{{ 'session.details.price' | transloco }}</dt>
        <dd>{{ price() ?? ('session.details.priceUnknown' | transloco) }}</dd>
      </div>
      @if (turn().message_id; as id) {
        <div>
          <dt>{{ 'session.details.messageId' | transloco }}</dt>
          <dd class="oa-mono">{{ id }}</dd>
        </div>
      }
      @if (turn().run_id; as id) {
        <div>
          <dt>{{ 'session.details.runId' | transloco }}</dt>
          <dd class="oa-mono">{{ id }}</dd>
        </div>
      }
    </dl>
    @if (turn().usage?.estimated) {
      <p class="oa-muted oa-caption">{{ 'session.details.estimated' | transloco }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
      padding: var(--oa-space-3) var(--oa-space-4);
      border: 1px solid var(--oa-border);
      border-radius: var(--oa-radius-card);
      background: var(--oa-sub);
    }

    dl {
      display: flex;
      flex-wrap: wrap;
      gap: var(--oa-space-3) var(--oa-space-6);
    }

    dt {
      color: var(--oa-text-muted);
      font: var(--oa-caption);
    }

    dd {
      font: var(--oa-control);
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }

    p {
      margin-top: var(--oa-space-3);
    }
  `,
})
export class AnswerDetails {
  protected readonly formats = inject(Formats);
  readonly turn = input.required<Turn>();

  /** As exact as it is known: an answer often costs less than a cent. */
  protected readonly price = computed(() => {
    const { total_price, currency } = this.turn();
    return total_price === null ? null : `${total_price} ${currency ?? ''}`.trim();
  });

  protected time(ms: number | null): string | null {
    return ms === null ? null : this.formats.duration(ms);
  }
}
