import { computed, inject, Service, signal } from '@angular/core';
import type { SessionDto } from '@opsagent/contracts';
import { pressed } from '../shared/ui/data-table/selection.js';
import { SessionList } from './session-list.js';

/** Which sessions of the list are selected, to do something with all of them at once. */
@Service()
export class SessionSelection {
  private readonly list = inject(SessionList);
  private readonly ids = signal<ReadonlySet<string>>(new Set());
  private readonly on = signal(false);
  private readonly gathering = signal(false);
  private anchor: string | null = null;

  /** Whether sessions are being selected at all. */
  readonly isOn = this.on.asReadonly();
  /** Whether the rest of a long list is being read, to select it. */
  readonly isGathering = this.gathering.asReadonly();
  /** Only what the list still shows can be meant. */
  readonly sessions = computed(() =>
    (this.list.sessions() ?? []).filter(({ session_id }) => this.ids().has(session_id)),
  );
  readonly isWhole = computed(() => !this.list.hasMore() && this.sessions().length === this.list.sessions()?.length);

  has({ session_id }: SessionDto): boolean {
    return this.ids().has(session_id);
  }

  begin(): void {
    this.on.set(true);
  }

  end(): void {
    this.on.set(false);
    this.ids.set(new Set());
    this.anchor = null;
  }

  /** One more, one less, or all from the last pressed one to this. */
  press({ session_id: id }: SessionDto, isRange: boolean): void {
    const ids = (this.list.sessions() ?? []).map(({ session_id }) => session_id);
    this.begin();
    this.ids.update((known) => pressed(known, id, isRange ? { ids, anchor: this.anchor } : null));
    this.anchor = id;
  }

  /** Everything that is found, also what has not been scrolled to yet; or nothing, where all of it was selected. */
  async pressAll(): Promise<void> {
    if (this.isWhole()) return this.ids.set(new Set());
    this.gathering.set(true);
    await this.list.readAll();
    this.gathering.set(false);
    this.keep(this.list.sessions() ?? []);
  }

  /** Only these stay selected. */
  keep(sessions: readonly SessionDto[]): void {
    this.ids.set(new Set(sessions.map(({ session_id }) => session_id)));
  }
}
