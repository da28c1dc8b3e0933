import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import { type NavigationError, Router } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { Online } from '../data/online.js';
import { Language } from '../i18n/language.js';
import { Toasts } from './toasts.js';

/** What becomes of a page whose code or texts could not be loaded: the page before stays, and a message says so. */
@Service()
export class LostPage {
  private readonly router = inject(Router);
  private readonly online = inject(Online);
  private readonly language = inject(Language);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly isFirst = signal(false);
  /** What to say in place of the first page, which has none before it; empty while nothing is lost. */
  readonly text = computed(() => {
    this.language.active();
    return this.isFirst() ? this.words() : '';
  });

  constructor() {
    let was = true;
    effect(() => {
      const isBack = this.online.active() && !was;
      was = this.online.active();
      if (isBack && untracked(this.isFirst)) this.reload();
    });
  }

  note({ error }: NavigationError): void {
    // What `import()` throws when a file does not come.
    if (error instanceof TypeError) this.online.missed();
    if (this.router.navigated) this.toasts.failed(this.words());
    else this.isFirst.set(true);
  }

  /** Nothing is open that could be lost, and a browser may remember that a file did not come. */
  reload(): void {
    location.reload();
  }

  private words(): string {
    return this.transloco.translate('shell.pageLost');
  }
}
