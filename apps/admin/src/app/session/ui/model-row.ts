import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { ProviderMark } from '../../shared/ui/provider-mark.js';
import { ModelKnowledge } from '../model-knowledge.js';
import { Icon } from '../../shared/ui/icon/icon.js';

const ABILITIES = ['tools', 'vision', 'reasoning'] as const;

/** A configuration among the choices: its name and model, what is known of them, and why it cannot be had if so. */
@Component({
  selector: 'oa-model-row',
  imports: [TranslocoPipe, Icon, ProviderMark],
  templateUrl: './model-row.html',
  styleUrl: './model-row.css',
})
export class ModelRow {
  private readonly knowledge = inject(ModelKnowledge);
  protected readonly formats = inject(Formats);
  readonly config = input.required<LlmConfigDto>();
  private readonly facts = computed(() => this.knowledge.factsOf(this.config()));
  protected readonly context = computed(() => this.facts()?.context_window ?? null);
  protected readonly abilities = computed(() => ABILITIES.filter((ability) => this.facts()?.[ability]));
  protected readonly details = computed(() => this.knowledge.detailsOf(this.config()));
  protected readonly price = computed(() => {
    const price = this.knowledge.priceOf(this.config());
    if (!price) return null;
    const money = (amount: string) => this.formats.money(amount, price.currency);
    return { input: money(price.input), output: money(price.output) };
  });
}
