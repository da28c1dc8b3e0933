import { Component, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { filter, map, startWith } from 'rxjs';
import { SessionListPanel } from './ui/session-list-panel.js';

/** The list of sessions, and beside it the open one; below 1024 px the one or the other. */
@Component({
  selector: 'oa-sessions-page',
  imports: [RouterOutlet, SessionListPanel],
  template: `
    <oa-session-list-panel [class.only]="isAtList()" />
    <div class="opened" [class.hidden]="isAtList()"><router-outlet /></div>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: 280px minmax(0, 1fr);
      height: 100%;
    }

    .opened {
      min-width: 0;
      min-height: 0;
    }

    @media (width < 1024px) {
      :host {
        grid-template-columns: minmax(0, 1fr);
      }

      oa-session-list-panel:not(.only),
      .opened.hidden {
        display: none;
      }
    }
  `,
})
export class SessionsPage {
  private readonly router = inject(Router);
  /** Where the narrow page stands: at the list itself, or at what was opened from it. */
  protected readonly isAtList = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      startWith(null),
      map(() => /^\/sessions\/?([?#]|$)/.test(this.router.url)),
    ),
    { requireSync: true },
  );
}
