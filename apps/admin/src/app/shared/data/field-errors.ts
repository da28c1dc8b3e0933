import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';

/** One refused rule: which one, and the bounds its sentence may name. */
export interface Refusal {
  readonly kind: string;
  readonly min?: number;
  readonly max?: number;
}

/** The sentence for a field's first error, in the reader's language; empty while the field has not been visited. */
@Service()
export class FieldErrors {
  private readonly transloco = inject(TranslocoService);

  of(state: { touched(): boolean; errors(): readonly { kind: string; message?: string }[] }): string {
    const first = state.touched() ? state.errors()[0] : undefined;
    if (!first) return '';
    if (first.message) return first.message;
    return this.sentence(first);
  }

  private sentence(error: Refusal): string {
    const key = `validation.${error.kind}`;
    const isKnown = key in this.transloco.getTranslation(this.transloco.getActiveLang());
    return this.transloco.translate(isKnown ? key : 'validation.other', { min: error.min, max: error.max });
  }
}
