import { Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ModelFactsDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';

const ABILITIES = ['tools', 'vision', 'reasoning'] as const;

/** What is known of a model in one line: its context, what it can do, and its price. */
@Component({
  selector: 'oa-model-facts-line',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (facts().is_embedding) {
        <span>{{ t('configs.kind.embedding') }}</span>
      }
      @if (facts().context_window; as tokens) {
        <span class="oa-figures" [title]="t('configs.drawer.model.context')">{{ short(tokens) }}</span>
      }
      @for (ability of abilities(); track ability) {
        <span>{{ t('configs.drawer.model.' + ability) }}</span>
      }
      @if (price(); as price) {
        <span class="oa-figures" [title]="t('configs.drawer.model.price')">{{ price }}</span>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--oa-space-4);
      color: var(--oa-text-muted);
      font: var(--oa-caption);
    }
  `,
})
export class ModelFactsLine {
  private readonly formats = inject(Formats);
  readonly facts = input.required<ModelFactsDto>();

  protected readonly abilities = computed(() => ABILITIES.filter((name) => this.facts()[name]));
  protected readonly price = computed(() => {
    const { prices, is_embedding: isEmbedding } = this.facts();
    const price = prices[0];
    const sums = price && (isEmbedding ? [price.input] : [price.input, price.output]);
    return sums?.map((sum) => this.formats.money(sum, price.currency)).join(' / ');
  });

  /** Contexts are spoken of in binary thousands as well as in round ones. */
  protected short(tokens: number): string {
    if (tokens >= 1_000_000) return `${Math.round(tokens / 100_000) / 10}M`;
    return `${Math.round(tokens / (tokens % 1024 === 0 ? 1024 : 1000))}K`;
  }
}
