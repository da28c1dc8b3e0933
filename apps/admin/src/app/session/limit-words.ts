import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { LimitWarningDto } from '@opsagent/contracts';
import type { Problem } from '../shared/data/problem.js';
import { Formats } from '../shared/i18n/formats.js';
import { Language } from '../shared/i18n/language.js';

/** What limits say, in the reader's language; reading it in a template follows a switch of language. */
@Service()
export class LimitWords {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly formats = inject(Formats);

  /** How much is used of the limit that refused a question, and when it counts from nothing again. */
  reached({ kind, name, used, most, currency, resetsAt }: NonNullable<Problem['limit']>): string {
    const amount = (value: number): string =>
      currency === null ? this.formats.number(value) : this.formats.amount(value, currency);
    const facts = { ...this.named(kind, name), used: amount(used), most: amount(most) };
    return this.sentence('reached', facts) + this.resets(resetsAt);
  }

  /** That most of a budget is used up. */
  warning({ kind, name, used_percent, resets_at }: LimitWarningDto): string {
    const facts = { ...this.named(kind, name), percent: this.formats.percent(used_percent / 100) };
    return this.sentence('warning', facts) + this.resets(resets_at);
  }

  private named(kind: string, name: string) {
    const [whose, what] = [`session.limit.whose.${kind}`, `session.limit.name.${name}`];
    return { whose: this.transloco.translate<string>(whose), name: this.transloco.translate<string>(what) };
  }

  private resets(moment: string | null): string {
    return moment === null ? '' : this.sentence('resets', { moment: this.formats.moment(moment) });
  }

  private sentence(key: string, facts: object): string {
    this.language.active();
    return this.transloco.translate(`session.limit.${key}`, facts);
  }
}
