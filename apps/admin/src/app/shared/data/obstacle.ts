import { computed, inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Language } from '../i18n/language.js';
import { Online } from './online.js';
import { Preview } from './preview.js';

/** Why nothing can be saved or sent now, in the reader's language; empty while everything can. */
@Service()
export class Obstacle {
  private readonly online = inject(Online);
  private readonly preview = inject(Preview);
  private readonly language = inject(Language);
  private readonly transloco = inject(TranslocoService);
  readonly reason = computed(() => {
    const outage = this.online.outage();
    this.language.active();
    const obstacle = outage ?? (this.preview.isOn() ? 'preview' : null);
    return obstacle === null ? '' : this.transloco.translate<string>(`outage.${obstacle}`);
  });
}
