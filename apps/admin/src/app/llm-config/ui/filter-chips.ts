import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Language } from '../../shared/i18n/language.js';
import type { LlmConfigQuery } from '../llm-config-query.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** The active filters, each with a button that takes it away. */
@Component({
  selector: 'oa-filter-chips',
  imports: [Icon, TranslocoPipe],
  template: `
    @for (chip of chips(); track chip.text) {
      <button
        class="oa-button small"
        type="button"
        [attr.aria-label]="'configs.filter.remove' | transloco: { filter: chip.text }"
        (click)="changed.emit(chip.without)"
      >
        {{ chip.text }}<svg oaIcon="x" size="14"></svg>
      </button>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class FilterChips {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  readonly query = input.required<LlmConfigQuery>();
  readonly changed = output<Partial<LlmConfigQuery>>();

  protected readonly chips = computed(() => {
    this.language.active();
    const { q, provider, state, kind, tag, only } = this.query();
    const text = (key: string): string => this.transloco.translate(key);
    return [
      { without: { q: '' } as const, text: q && `“${q}”` },
      { without: { provider: '' } as const, text: provider && text(`providers.${provider}`) },
      { without: { state: '' } as const, text: state && text(`configs.${state}`) },
      { without: { kind: '' } as const, text: kind && text(`configs.kind.${kind}`) },
      { without: { tag: '' } as const, text: tag },
      ...only.map((mark) => ({
        without: { only: only.filter((other) => other !== mark) },
        text: text(`configs.mark.${mark}`),
      })),
    ].filter((chip) => chip.text !== '');
  });
}
