import { Component, inject, output, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Theme, THEMES } from '../shared/data/theme.js';
import { Language } from '../shared/i18n/language.js';
import { WaitingApprovals } from '../shared/data/waiting-approvals.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../shared/i18n/texts.js';
import { Menu } from '../shared/ui/menu.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Breadcrumbs } from './breadcrumbs.js';
import { COMMAND_KEYS } from './command-keys.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** Where one is, which installation this is, and the switches that concern the reader alone. */
@Component({
  selector: 'oa-top-bar',
  imports: [Breadcrumbs, RouterLink, TranslocoDirective, Icon, Menu],
  templateUrl: './top-bar.html',
  styleUrl: './top-bar.css',
})
export class TopBar {
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  private readonly toasts = inject(Toasts);
  private readonly problemText = inject(ProblemText);
  readonly paletteAsked = output();
  protected readonly paletteKeys = COMMAND_KEYS;
  protected readonly waiting = inject(WaitingApprovals);
  protected readonly language = inject(Language);
  protected readonly theme = inject(Theme);
  protected readonly me = this.user.me;
  protected readonly themes = THEMES;
  protected readonly languages = LANGUAGES.map((code) => ({ code, name: LANGUAGE_NAMES[code] }));
  protected readonly isLeaving = signal(false);

  constructor() {
    this.waiting.follow();
  }

  protected async signOut(): Promise<void> {
    this.isLeaving.set(true);
    try {
      await this.user.signOut();
      await this.router.navigateByUrl('/login');
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    } finally {
      this.isLeaving.set(false);
    }
  }
}
