import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { Combobox } from '../../shared/ui/combobox/combobox.js';
import { type ComboGroup, type ComboOption, ComboOptionLook } from '../../shared/ui/combobox/combo-option.js';
import { Obstacle } from '../../shared/data/obstacle.js';
import { Language } from '../../shared/i18n/language.js';
import { ModelChoices } from '../model-choices.js';
import { ModelKnowledge } from '../model-knowledge.js';
import { ModelRow } from './model-row.js';

/** Stands for taking the default at each turn. */
const FOLLOW = '';

interface ModelOption extends ComboOption {
  /** Null for what is no configuration. */
  readonly config: LlmConfigDto | null;
}

/** Chooses the configuration of a session: the default first, then by provider; switched-off ones are shown but not to be had. */
@Component({
  selector: 'oa-model-select',
  imports: [TranslocoPipe, Combobox, ComboOptionLook, ModelRow],
  template: `
    <oa-combobox
      [label]="'session.model.label' | transloco"
      [groups]="groups()"
      [value]="value() ?? ''"
      [disabled]="choices.configs() === null || obstacle() !== ''"
      (opened)="knowledge.load()"
      (picked)="picked.emit($event || null)"
    >
      <ng-template oaComboOption [oaComboOptionOf]="groups()" let-option>
        @if (option.config; as config) {
          <oa-model-row [config]="config" />
        } @else {
          {{ option.label }}
        }
      </ng-template>
    </oa-combobox>
  `,
  host: { '[style.display]': "'block'" },
})
export class ModelSelect {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly combobox = viewChild.required(Combobox);
  protected readonly obstacle = inject(Obstacle).reason;
  protected readonly choices = inject(ModelChoices);
  protected readonly knowledge = inject(ModelKnowledge);
  /** The chosen configuration, null to take the default at each turn. */
  readonly value = input.required<string | null>();
  /** The owner may ask first: until it has decided, the old choice stands. */
  readonly picked = output<string | null>();

  protected readonly groups = computed<readonly ComboGroup<ModelOption>[]>(() => {
    const standing = this.choices.default();
    return [
      { heading: '', options: this.withoutConfig() },
      { heading: this.text('default'), options: standing ? [this.optionOf(standing)] : [] },
      ...this.choices.groups().map(({ provider, configs }) => ({
        heading: this.transloco.translate(`providers.${provider}`),
        options: configs.map((config) => this.optionOf(config)),
      })),
    ].filter(({ options }) => options.length > 0);
  });

  /** Shows the choices, at the press of something else. */
  open(): void {
    this.combobox().open();
  }

  private withoutConfig(): ModelOption[] {
    const id = this.value();
    const name = this.choices.default()?.name;
    if (id === null) {
      const label = name ? this.text('followDefaultNamed', { name }) : this.text('followDefault');
      return [{ value: FOLLOW, label, config: null }];
    }
    const isDeleted = this.choices.configs() !== null && this.choices.byId(id) === null;
    return isDeleted ? [{ value: id, label: this.text('deleted'), config: null, isDisabled: true }] : [];
  }

  private optionOf(config: LlmConfigDto): ModelOption {
    const { id, name, model_name, provider, is_active } = config;
    const label = name === model_name ? name : `${name} · ${model_name}`;
    return {
      value: id,
      label,
      words: [this.transloco.translate(`providers.${provider}`), this.choices.providerName(provider)],
      isDisabled: !is_active,
      config,
    };
  }

  private text(
    key: 'default' | 'deleted' | 'followDefault' | 'followDefaultNamed',
    values: Record<string, string> = {},
  ) {
    this.language.active();
    return this.transloco.translate(`session.model.${key}`, values);
  }
}
