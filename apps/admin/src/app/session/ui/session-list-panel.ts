import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  type ElementRef,
  inject,
  Injector,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { SessionDto } from '@opsagent/contracts';
import { CurrentUser } from '../../shared/data/current-user.js';
import { pageShortcuts } from '../../shared/data/shortcuts.js';
import { rowsInView, unevenRows } from '../../shared/ui/rows-in-view.js';
import { SearchField } from '../../shared/ui/search-field.js';
import { State } from '../../shared/ui/state.js';
import { ModelChoices } from '../model-choices.js';
import { SessionBulk } from '../session-bulk.js';
import { SessionList } from '../session-list.js';
import { SessionSelection } from '../session-selection.js';
import { listRows } from './list-rows.js';
import { SessionActions } from './session-actions.js';
import { SessionBulkBar } from './session-bulk-bar.js';
import { SessionEntry } from './session-entry.js';
import { Icon } from '../../shared/ui/icon/icon.js';

const SEARCH_AFTER_MS = 150;
/** The next page is asked for this far before the end comes into view. */
const AHEAD_PX = 2000;

/** All sessions of the reader: only the rows near the view are drawn, so that ten thousand scroll like ten. */
@Component({
  selector: 'oa-session-list-panel',
  imports: [RouterLink, TranslocoPipe, Icon, SearchField, State, SessionBulkBar, SessionEntry],
  templateUrl: './session-list-panel.html',
  styleUrl: './session-list-panel.css',
  host: { '(keydown.escape)': 'endSelecting($event)' },
})
export class SessionListPanel {
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly searchField = viewChild.required(SearchField);
  private readonly view = viewChild.required<ElementRef<HTMLElement>>('view');
  private searching: ReturnType<typeof setTimeout> | undefined;
  private readonly scrolled = signal({ top: 0, height: 1000 });
  /** The session that `j` and `k` stand on. */
  private readonly current = signal<string | null>(null);
  protected readonly list = inject(SessionList);
  protected readonly mayWrite = inject(CurrentUser).can('operator');
  protected readonly models = inject(ModelChoices);
  protected readonly actions = inject(SessionActions);
  protected readonly selection = inject(SessionSelection);
  protected readonly bulk = inject(SessionBulk);
  protected readonly rows = computed(() => listRows(this.list.sessions() ?? []));
  private readonly places = computed(() => unevenRows(this.rows().map(({ height }) => height)));
  private readonly inView = computed(() => {
    const { top, height } = this.scrolled();
    return rowsInView(this.places(), top, top + height);
  });
  /** How much space stands for the rows that are not drawn, and for all of them. */
  protected readonly above = computed(() => this.places().offsetOf(this.inView().start));
  protected readonly whole = computed(() => this.places().offsetOf(this.rows().length));
  protected readonly drawn = computed(() => this.rows().slice(this.inView().start, this.inView().end));

  constructor() {
    void this.list.load();
    void this.models.load();
    pageShortcuts({
      ...(this.mayWrite && {
        n: { label: 'shortcuts.create', run: () => void this.router.navigateByUrl('/sessions/new') },
      }),
      '/': { label: 'shortcuts.search', run: () => this.searchField().focus() },
      j: { label: 'shortcuts.next', run: () => this.step(1) },
      x: { label: 'shortcuts.select', run: () => this.pressHere(false) },
      X: { label: 'session.list.selectUpTo', run: () => this.pressHere(true) },
      k: { label: 'shortcuts.previous', run: () => this.step(-1) },
    });
    const look = () => document.visibilityState === 'visible' && void this.list.load();
    document.addEventListener('visibilitychange', look);
    inject(DestroyRef).onDestroy(() => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(this.searching);
      this.selection.end();
    });
    afterNextRender(() => this.watchSize());
  }

  protected readScroll(): void {
    const { scrollTop: top, clientHeight: height } = this.view().nativeElement;
    this.scrolled.set({ top, height });
    if (top + height + AHEAD_PX > this.whole()) void this.list.more();
  }

  protected search(text: string): void {
    clearTimeout(this.searching);
    this.searching = setTimeout(() => {
      this.view().nativeElement.scrollTop = 0;
      void this.list.searchFor(text.trim());
    }, SEARCH_AFTER_MS);
  }

  protected clearSearch(): void {
    this.searchField().empty();
    void this.list.searchFor('');
  }

  protected modelName({ llm_config_id: id }: SessionDto): string {
    return (id === null ? this.models.default()?.name : this.models.byId(id)?.name) ?? '';
  }

  /** To the next or previous session, which gets the focus and so opens with `Enter`. */
  private step(by: 1 | -1): void {
    const rows = this.rows();
    const here = this.current() ?? this.router.url.split(/[/?#]/)[2];
    const at = rows.findIndex((row) => row.kind === 'session' && row.session.session_id === here);
    let next = at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by;
    while (rows[next]?.kind === 'heading') next += by;
    const row = rows[next];
    if (row?.kind !== 'session') return;
    this.show(next);
    this.goTo(row.session);
  }

  protected press(session: SessionDto, isRange: boolean): void {
    this.selection.press(session, isRange);
    this.goTo(session);
  }

  /** Not for what lies above the list, such as a menu. */
  protected endSelecting(event: Event): void {
    if (!this.selection.isOn() || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.selection.end();
  }

  /** Selects the session that has the focus, or that `j` and `k` stand on. */
  private pressHere(isRange: boolean): void {
    const focused = document.activeElement?.closest('[data-session]')?.getAttribute('data-session');
    const here = focused ?? this.current();
    const session = this.list.sessions()?.find(({ session_id }) => session_id === here);
    if (session) this.press(session, isRange);
  }

  private goTo({ session_id }: SessionDto): void {
    this.current.set(session_id);
    const focus = () =>
      this.view().nativeElement.querySelector<HTMLElement>(`[data-session="${session_id}"] :is(a, input)`)?.focus();
    afterNextRender(focus, { injector: this.injector });
  }

  private show(index: number): void {
    const view = this.view().nativeElement;
    const top = this.places().offsetOf(index);
    const bottom = this.places().offsetOf(index + 1);
    if (top < view.scrollTop) view.scrollTop = top;
    else if (bottom > view.scrollTop + view.clientHeight) view.scrollTop = bottom - view.clientHeight;
    this.readScroll();
  }

  private watchSize(): void {
    const sizes = new ResizeObserver(() => this.readScroll());
    sizes.observe(this.view().nativeElement);
    this.injector.get(DestroyRef).onDestroy(() => sizes.disconnect());
  }
}
