import { Component, computed, inject, input, model } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { Language } from '../../shared/i18n/language.js';
import type { ComboGroup } from '../../shared/ui/combobox/combo-option.js';
import { Combobox } from '../../shared/ui/combobox/combobox.js';

/** The model of an app inside an `oa-field`; the empty value takes whatever is the default. */
@Component({
  selector: 'oa-model-choice',
  imports: [Combobox],
  template: `
    <oa-combobox
      [label]="label()"
      [groups]="groups()"
      [value]="chosen()"
      [disabled]="disabled()"
      (picked)="chosen.set($event)"
    />
  `,
})
export class ModelChoice {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  readonly label = input.required<string>();
  readonly models = input.required<readonly LlmConfigDto[]>();
  readonly disabled = input(false);
  readonly chosen = model.required<string>();

  protected readonly groups = computed<readonly ComboGroup[]>(() => {
    this.language.active();
    const byDefault = { value: '', label: this.transloco.translate<string>('apps.defaultModel') };
    const own = this.models().map(({ id, name, model_name }) => ({ value: id, label: name, words: [model_name] }));
    return [{ heading: '', options: [byDefault, ...own] }];
  });
}
