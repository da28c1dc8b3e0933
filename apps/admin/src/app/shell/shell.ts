import { Component, computed, inject, signal } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { LucideShieldAlert, LucideTriangleAlert, LucideWifiOff } from '@lucide/angular';
import { CurrentUser } from '../shared/data/current-user.js';
import { Online } from '../shared/data/online.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { State } from '../shared/ui/state.js';
import { Rail } from './rail.js';
import { TopBar } from './top-bar.js';

/** The frame around every page behind the sign-in: rail, top bar, standing warnings. */
@Component({
  selector: 'oa-shell',
  imports: [RouterOutlet, TranslocoPipe, LucideShieldAlert, LucideTriangleAlert, LucideWifiOff, State, Rail, TopBar],
  templateUrl: './shell.html',
  styleUrl: './shell.css',
})
export class Shell {
  private readonly user = inject(CurrentUser);
  protected readonly isOnline = inject(Online).active;
  protected readonly me = this.user.me;
  protected readonly problem = signal<Problem | null>(null);
  protected readonly isProduction = computed(() => /prod|生产/i.test(this.me()?.environment ?? ''));

  constructor() {
    if (!this.user.isSignedIn()) void this.load();
  }

  /** Asks again who this is, after a server that did not answer the guard. */
  protected async load(): Promise<void> {
    try {
      await this.user.load();
      this.problem.set(null);
    } catch (error) {
      this.problem.set(toProblem(error));
    }
  }

  protected focusContent(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
