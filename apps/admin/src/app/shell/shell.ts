import { ApplicationRef, Component, computed, inject, signal } from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { Obstacle } from '../shared/data/obstacle.js';
import { Jobs } from '../shared/data/jobs.js';
import { Preview } from '../shared/data/preview.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { pageShortcuts } from '../shared/data/shortcuts.js';
import { JobTray } from '../shared/ui/job-tray/job-tray.js';
import { State } from '../shared/ui/state.js';
import { CommandPalette } from './command-palette/command-palette.js';
import { type Page, PAGES } from './pages.js';
import { PreviewBar } from './preview-bar.js';
import { Rail } from './rail.js';
import { ShortcutList } from './shortcut-list.js';
import { TopBar } from './top-bar.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** The frame around every page behind the sign-in: rail, top bar, standing warnings. */
@Component({
  selector: 'oa-shell',
  imports: [RouterOutlet, TranslocoPipe, Icon, State, CommandPalette, JobTray, PreviewBar, Rail, ShortcutList, TopBar],
  templateUrl: './shell.html',
  styleUrl: './shell.css',
  host: { '(document:keydown)': 'openPalette($event)' },
})
export class Shell {
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  private readonly application = inject(ApplicationRef);
  protected readonly obstacle = inject(Obstacle).reason;
  protected readonly isPreviewing = inject(Preview).isOn;
  protected readonly jobs = inject(Jobs);
  protected readonly me = this.user.me;
  protected readonly problem = signal<Problem | null>(null);
  protected readonly isProduction = computed(() => /prod|生产/i.test(this.me()?.environment ?? ''));

  protected readonly layer = signal<'palette' | 'shortcuts' | null>(null);

  constructor() {
    const goTo = ({ label, path }: Page) => ({ label, run: () => void this.router.navigateByUrl(path) });
    pageShortcuts({
      ...Object.fromEntries(
        PAGES.filter(({ role }) => this.user.can(role)).map((page) => [`g ${page.key}`, goTo(page)]),
      ),
      '?': { label: 'shortcuts.help', run: () => this.layer.set('shortcuts') },
    });
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

  /** Works inside fields too, but under no other layer. */
  protected openPalette(event: Event): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event as KeyboardEvent;
    if (key.toLowerCase() !== 'k' || !(ctrlKey || metaKey) || altKey || shiftKey || isComposing) return;
    event.preventDefault();
    if (this.layer() === 'palette') this.layer.set(null);
    else if (!document.querySelector('dialog[open]')) this.layer.set('palette');
    // Drawn at once: the next letter may follow before the next frame.
    this.application.tick();
  }

  protected focusContent(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
