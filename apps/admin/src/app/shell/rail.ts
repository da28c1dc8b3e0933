import { Component, signal } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { LucideCpu, LucideMessagesSquare, LucidePanelLeft } from '@lucide/angular';
import { remember, remembered } from '../shared/data/remembered.js';
import { pageShortcuts } from '../shared/data/shortcuts.js';

const KEY = 'oa.rail';

/** The main navigation: a rail at the start, 200 px or collapsed to 56; a bar at the bottom on phones. */
@Component({
  selector: 'oa-rail',
  imports: [RouterLink, RouterLinkActive, TranslocoDirective, LucideCpu, LucideMessagesSquare, LucidePanelLeft],
  templateUrl: './rail.html',
  styleUrl: './rail.css',
})
export class Rail {
  protected readonly isCollapsed = signal(remembered(KEY) === 'collapsed');

  constructor() {
    pageShortcuts({ '[': () => this.toggle() });
  }

  protected toggle(): void {
    const isCollapsed = !this.isCollapsed();
    this.isCollapsed.set(isCollapsed);
    remember(KEY, isCollapsed ? 'collapsed' : null);
    if (isCollapsed) document.documentElement.dataset['rail'] = 'collapsed';
    else delete document.documentElement.dataset['rail'];
  }
}
