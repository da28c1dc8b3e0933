import { computed, inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Language } from '../i18n/language.js';
import { Online } from './online.js';

/** Why nothing can be saved or sent now, in the reader's language; empty while everything can. */
@Service()
export class Obstacle {
  private readonly online = inject(Online);
  private readonly language = inject(Language);
  private readonly transloco = inject(TranslocoService);
  readonly reason = computed(() => {
    const outage = this.online.outage();
    this.language.active();
    return outage === null ? '' : this.transloco.translate<string>(`outage.${outage}`);
  });
}
