import { Component, computed, ElementRef, inject, input, model, output } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { ModelFactsDto } from '@opsagent/contracts';
import type { Problem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Language } from '../../shared/i18n/language.js';
import { type ComboGroup, ComboOptionLook } from '../../shared/ui/combobox/combo-option.js';
import { Combobox } from '../../shared/ui/combobox/combobox.js';
import { Field } from '../../shared/ui/field.js';
import { nearestModel } from '../model-hints.js';
import { ModelFactsLine } from './model-facts-line.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** The name of a model: chosen from what its provider lists, else from the catalogue, or typed; with what is known of it. */
@Component({
  selector: 'oa-model-field',
  imports: [Combobox, ComboOptionLook, Field, Icon, ModelFactsLine, TranslocoDirective],
  templateUrl: './model-field.html',
  styleUrl: './model-field.css',
})
export class ModelField implements FormValueControl<string> {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  protected readonly problemText = inject(ProblemText);
  readonly value = model('');
  readonly touched = model(false);
  readonly hint = input('');
  readonly error = input('');
  readonly isEmbedding = input(false);
  /** What the provider says it has; empty while it was not asked. */
  readonly models = input<readonly string[]>([]);
  /** What is known of models, by name. */
  readonly facts = input<ReadonlyMap<string, ModelFactsDto>>(new Map());
  readonly fault = input<Problem | null>(null);
  readonly isAsking = input(false);
  /** Nothing can be listed without a key where one is needed, nor before the address is known. */
  readonly mayAsk = input(false);
  /** The provider's list is wanted; true when anew. */
  readonly asked = output<boolean>();
  readonly kindChosen = output<boolean>();

  protected readonly known = computed(() => this.facts().get(this.value().trim()));
  /** The catalogue does not know every model: only the provider's own list tells a slip. */
  protected readonly nearest = computed(() => nearestModel(this.value(), this.models()));
  private readonly names = computed(() => (this.models().length > 0 ? this.models() : [...this.facts().keys()]));
  /** Models of the other kind come last: a name says little about what it is for. */
  protected readonly groups = computed<readonly ComboGroup[]>(() => {
    this.language.active();
    const isOther = (name: string): boolean => {
      const isEmbedding = this.facts().get(name)?.is_embedding;
      return isEmbedding !== undefined && isEmbedding !== this.isEmbedding();
    };
    const heading = this.models().length > 0 ? 'listed' : 'catalogue';
    return [
      { heading: this.text(heading), options: this.optionsOf((name) => !isOther(name)) },
      { heading: this.text('otherKind'), options: this.optionsOf(isOther) },
    ].filter(({ options }) => options.length > 0);
  });

  focus(): void {
    this.host.querySelector('input')?.focus();
  }

  /** With its day, unless it says that itself. */
  protected sourceOf({ source, as_of }: ModelFactsDto): string {
    return source.includes(as_of) ? source : `${source}, ${as_of}`;
  }

  private optionsOf(isMeant: (name: string) => boolean): { value: string; label: string }[] {
    return this.names()
      .filter(isMeant)
      .map((name) => ({ value: name, label: name }));
  }

  private text(key: string): string {
    return this.transloco.translate(`configs.drawer.model.${key}`);
  }
}
