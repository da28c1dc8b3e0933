import { Component, computed, DestroyRef, type ElementRef, inject, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { LucidePlus, LucideSearch } from '@lucide/angular';
import type { SessionDto } from '@opsagent/contracts';
import { filter, map, startWith } from 'rxjs';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { pageShortcuts } from '../shared/data/shortcuts.js';
import { Confirm } from '../shared/ui/confirm.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { ModelChoices } from './model-choices.js';
import { SessionList } from './session-list.js';
import { groupedByDay } from './ui/list-groups.js';
import { SessionEntry } from './ui/session-entry.js';

/** The list of sessions, and beside it the open one; below 1024 px the one or the other. */
@Component({
  selector: 'oa-sessions-page',
  imports: [RouterLink, RouterOutlet, TranslocoPipe, LucidePlus, LucideSearch, State, SessionEntry],
  templateUrl: './sessions-page.html',
  styleUrl: './sessions-page.css',
})
export class SessionsPage {
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly problemText = inject(ProblemText);
  private readonly searchField = viewChild.required<ElementRef<HTMLInputElement>>('searchField');
  protected readonly list = inject(SessionList);
  protected readonly models = inject(ModelChoices);

  protected readonly groups = computed(() => groupedByDay(this.list.sessions() ?? []));
  /** Where the narrow page stands: at the list itself, or at what was opened from it. */
  protected readonly isAtList = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      startWith(null),
      map(() => /^\/sessions\/?([?#]|$)/.test(this.router.url)),
    ),
    { requireSync: true },
  );

  constructor() {
    void this.list.load();
    void this.models.load();
    pageShortcuts({
      n: { label: 'shortcuts.create', run: () => void this.router.navigateByUrl('/sessions/new') },
      '/': { label: 'shortcuts.search', run: () => this.searchField().nativeElement.focus() },
    });
    const look = () => document.visibilityState === 'visible' && void this.list.load();
    document.addEventListener('visibilitychange', look);
    inject(DestroyRef).onDestroy(() => document.removeEventListener('visibilitychange', look));
  }

  protected modelName({ llm_config_id }: SessionDto): string {
    if (llm_config_id === null) return this.models.default()?.name ?? '';
    return this.models.byId(llm_config_id)?.name ?? '';
  }

  protected async rename(session: SessionDto, name: string): Promise<void> {
    await this.list.rename(session, name).catch((error: unknown) => this.say(error));
  }

  protected async delete(session: SessionDto): Promise<void> {
    const name = session.session_name || this.transloco.translate<string>('session.list.unnamed');
    const isSure = await this.confirm.ask({
      title: this.transloco.translate('session.list.deleteTitle'),
      text: this.transloco.translate('session.list.deleteText', { name }),
      confirm: this.transloco.translate('session.list.deleteConfirm'),
      isDangerous: true,
    });
    if (!isSure) return;
    try {
      await this.list.delete(session);
      if (this.router.url.startsWith(`/sessions/${session.session_id}`)) await this.router.navigateByUrl('/sessions');
    } catch (error) {
      this.say(error);
    }
  }

  private say(error: unknown): void {
    this.toasts.failed(this.problemText.line(toProblem(error)));
  }
}
