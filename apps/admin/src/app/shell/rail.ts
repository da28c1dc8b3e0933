import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { remember, remembered } from '../shared/data/remembered.js';
import { WaitingApprovals } from '../shared/data/waiting-approvals.js';
import { pageShortcuts } from '../shared/data/shortcuts.js';
import { Menu } from '../shared/ui/menu.js';
import { PAGES, SETTINGS_PAGES } from './pages.js';
import { Icon } from '../shared/ui/icon/icon.js';

const KEY = 'oa.rail';
/** So many pages have a place in the bar of a phone; the others stand behind "more". */
const IN_BAR = 4;

/** The main navigation: a rail at the start, 200 px or collapsed to 56; a bar at the bottom on phones. */
@Component({
  selector: 'oa-rail',
  imports: [RouterLink, RouterLinkActive, TranslocoDirective, Icon, Menu],
  templateUrl: './rail.html',
  styleUrl: './rail.css',
})
export class Rail {
  private readonly user = inject(CurrentUser);
  protected readonly pages = computed(() => PAGES.filter(({ role }) => this.user.can(role)));
  protected readonly inBar = IN_BAR;
  protected readonly beyond = computed(() => this.pages().slice(IN_BAR));
  protected readonly waiting = inject(WaitingApprovals).count;
  protected readonly settings = computed(() => SETTINGS_PAGES.filter(({ role }) => this.user.can(role)));
  protected readonly isCollapsed = signal(remembered(KEY) === 'collapsed');

  constructor() {
    pageShortcuts({ '[': { label: 'shortcuts.rail', run: () => this.toggle() } });
  }

  protected toggle(): void {
    const isCollapsed = !this.isCollapsed();
    this.isCollapsed.set(isCollapsed);
    remember(KEY, isCollapsed ? 'collapsed' : null);
    if (isCollapsed) document.documentElement.dataset['rail'] = 'collapsed';
    else delete document.documentElement.dataset['rail'];
  }
}
