import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { SETTINGS_PAGES } from './pages.js';

/** The frame of the settings: their pages at the start, as tabs above on phones. */
@Component({
  selector: 'oa-settings-frame',
  imports: [RouterLink, RouterLinkActive, RouterOutlet, TranslocoDirective],
  template: `
    <nav *transloco="let t" [attr.aria-label]="t('nav.settings')">
      <ul>
        @for (page of pages(); track page.path) {
          <li>
            <a [routerLink]="page.path" routerLinkActive="active" ariaCurrentWhenActive="page">{{ t(page.label) }}</a>
          </li>
        }
      </ul>
    </nav>
    <div class="page"><router-outlet /></div>
  `,
  styleUrl: './settings-frame.css',
})
export class SettingsFrame {
  private readonly user = inject(CurrentUser);
  protected readonly pages = computed(() => SETTINGS_PAGES.filter(({ role }) => this.user.can(role)));
}
