import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Formats } from '../shared/i18n/formats.js';
import { Language } from '../shared/i18n/language.js';
import type { LimitLine, SubjectKey } from './limit-rows.js';

/** Subjects and amounts in the reader's language; reading one in a template follows a switch of language. */
@Service()
export class LimitWords {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly formats = inject(Formats);

  subject({ kind, id, name }: SubjectKey & { readonly name: string | null }): string {
    this.language.active();
    if (id === null) return this.transloco.translate(`limits.everyone.${kind}`);
    if (kind === 'role') return this.transloco.translate(`roles.${id}`);
    return name ?? this.transloco.translate('limits.gone', { id: id.slice(0, 8) });
  }

  amount(value: number, currency: string | null): string {
    return currency === null ? this.formats.number(value) : this.formats.amount(value, currency);
  }

  /** How much of a limit is used, from 0 to 1; a budget may be exceeded. */
  part({ most, figure }: LimitLine): number {
    return (figure?.used ?? 0) / most;
  }
}
