import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { ApprovalDto } from '@opsagent/contracts';
import { Formats } from '../../i18n/formats.js';
import { Language } from '../../i18n/language.js';

/** What counts as production in the name of an environment. */
const PRODUCTION = /prod|生产/i;

/** Requests for approval in the reader's language; reading one in a template follows a switch of language. */
@Service()
export class ApprovalWords {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly formats = inject(Formats);

  title({ label }: Pick<ApprovalDto, 'label'>): string {
    return this.language.active() === 'en' ? label.en : label.zh;
  }

  /** How it ended, by whom and when; empty while it waits. @param when how the time is said */
  ending(
    { state, decided_by: by, decided_at: at }: ApprovalDto,
    when: (iso: string) => string = (iso) => this.formats.ago(iso),
  ): string {
    if (state === 'pending') return '';
    this.language.active();
    const what = this.text(`ended.${state}`);
    return [what, by ?? '', at === null ? '' : when(at)].filter(Boolean).join(' · ');
  }

  asker({ requested_by: name }: ApprovalDto): string {
    this.language.active();
    return name ?? this.text('client');
  }

  private text(key: string): string {
    return this.transloco.translate(`approval.${key}`);
  }
}

/** Such a call is only allowed by whoever types what it is done to. */
export function isHighRisk({ risk, environment }: Pick<ApprovalDto, 'risk' | 'environment'>): boolean {
  return risk === 'dangerous' && PRODUCTION.test(environment ?? '');
}
