import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../../shared/ui/icon/icon.js';

/** Ends the first run: the answer is below, these are the next things, and there is the console. */
@Component({
  selector: 'oa-welcome-bar',
  imports: [Icon, RouterLink, TranslocoPipe],
  template: `
    <section class="oa-notice success" [attr.aria-label]="'session.welcome.label' | transloco">
      <svg oaIcon="party-popper"></svg>
      <div class="words">
        <strong>{{ 'session.welcome.title' | transloco }}</strong>
        <p>
          {{ 'session.welcome.next' | transloco }}
          <a routerLink="/apps">{{ 'session.welcome.apps' | transloco }}</a>
          <a routerLink="/settings/tokens">{{ 'session.welcome.tokens' | transloco }}</a>
          <a routerLink="/sessions/new">{{ 'session.welcome.ask' | transloco }}</a>
        </p>
      </div>
      <a class="oa-button primary" routerLink="/">{{ 'session.welcome.enter' | transloco }}</a>
    </section>
  `,
  styles: `
    section {
      flex-wrap: wrap;
      align-items: center;
      margin: var(--oa-space-4) var(--oa-space-5) 0;
    }

    .words {
      flex: 1 1 280px;
    }

    .words p {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--oa-space-4);
    }

    .words a {
      min-height: 24px;
    }
  `,
})
export class WelcomeBar {}
