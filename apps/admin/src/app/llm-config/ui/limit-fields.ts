import { Component, computed, inject, input, model } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { ModelFactsDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { Language } from '../../shared/i18n/language.js';
import { Control, Field } from '../../shared/ui/field.js';
import { settingOf, withSetting } from '../settings/settings.js';
import { SettingInput } from './setting-input.js';

const CURRENCIES = ['CNY', 'USD'];
const TIMEOUTS = ['connect_ms', 'first_byte_ms', 'idle_ms', 'total_ms'] as const;

/** How long to wait for a model, how much it can read and what it costs, where that differs from what is known. */
@Component({
  selector: 'oa-limit-fields',
  imports: [Control, Field, SettingInput, TranslocoDirective],
  template: `
    <ng-container *transloco="let t; prefix: 'configs.drawer.limits'">
      <fieldset>
        <legend>{{ t('timeouts') }}</legend>
        <p class="oa-caption oa-muted">{{ t('timeoutsHint') }}</p>
        <div class="fields">
          @for (name of timeouts; track name) {
            <oa-setting-input [label]="t(name)" [path]="'timeouts.' + name" [factor]="1000" [(text)]="text" />
          }
        </div>
      </fieldset>
      <oa-setting-input [label]="t('context')" [hint]="contextHint()" path="context_window" [(text)]="text" />
      @if (hasNumCtx()) {
        <oa-setting-input [label]="t('numCtx')" [hint]="t('numCtxHint')" path="num_ctx" [(text)]="text" />
      }
      @if (isEmbedding()) {
        <div class="fields">
          <oa-setting-input [label]="t('dimensions')" path="dimensions" [(text)]="text" />
          <oa-setting-input [label]="t('batch')" path="batch_size" [(text)]="text" />
        </div>
      }
      <fieldset>
        <legend>{{ t('price') }}</legend>
        <p class="oa-caption oa-muted">{{ priceHint() }}</p>
        <div class="fields">
          <oa-field [label]="t('currency')">
            <select oaControl [value]="currency()" (change)="writeCurrency($any($event.target).value)">
              <option value="">{{ t('catalogue') }}</option>
              @for (value of currencies(); track value) {
                <option [value]="value" [selected]="value === currency()">{{ value }}</option>
              }
            </select>
          </oa-field>
          @if (currency() || hasPrice()) {
            <oa-setting-input [label]="t('input')" path="price.input" [isDecimal]="true" [(text)]="text" />
            <oa-setting-input [label]="t('output')" path="price.output" [isDecimal]="true" [(text)]="text" />
            <oa-setting-input [label]="t('cached')" path="price.cached_input" [isDecimal]="true" [(text)]="text" />
          }
        </div>
      </fieldset>
    </ng-container>
  `,
  styles: `
    :host,
    fieldset {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
    }

    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
    }

    legend {
      padding: 0 0 var(--oa-space-2);
      font: var(--oa-control);
      font-weight: 500;
    }

    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(190px, 1fr));
      gap: var(--oa-space-4);
    }
  `,
})
export class LimitFields {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly formats = inject(Formats);
  readonly isEmbedding = input(false);
  /** The provider lays out a context of that size for each model. */
  readonly hasNumCtx = input(false);
  /** What is known of the model; null when nothing is. */
  readonly known = input<ModelFactsDto | null>(null);
  readonly text = model.required<string>();

  protected readonly contextHint = computed(() => {
    this.language.active();
    const tokens = this.known()?.context_window;
    return tokens ? this.say('contextKnown', { count: this.formats.number(tokens) }) : this.say('contextUnknown');
  });
  protected readonly priceHint = computed(() => {
    this.language.active();
    const known = this.known();
    const price = known?.prices[0];
    if (!known || !price) return this.say('priceUnknown');
    const [input, output] = [price.input, price.output].map((sum) => this.formats.money(sum, price.currency));
    return this.say('priceKnown', { date: known.as_of, input, output });
  });
  protected readonly timeouts = TIMEOUTS;
  protected readonly currency = computed(() => {
    const value = settingOf(this.text(), 'price.currency');
    return typeof value === 'string' ? value : '';
  });
  protected readonly hasPrice = computed(() => settingOf(this.text(), 'price') !== undefined);
  protected readonly currencies = computed(() => [...new Set([...CURRENCIES, this.currency()].filter(Boolean))]);

  /** Without a currency there is no price of its own. */
  protected writeCurrency(value: string): void {
    this.text.update((text) => withSetting(text, value ? 'price.currency' : 'price', value || null));
  }

  private say(key: string, values: Record<string, unknown> = {}): string {
    return this.transloco.translate(`configs.drawer.limits.${key}`, values);
  }
}
