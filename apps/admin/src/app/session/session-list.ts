import { computed, inject, Service, signal } from '@angular/core';
import type { SessionDto, UpdateSessionDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { SessionClient } from './session-client.js';

const PAGE = 200;
const PAGE_OF_ALL = 1000;

/**
 * The sessions of the current user as the list shows them: the pinned ones, then the others by newest activity. More of them
 * are read as somebody scrolls to their end.
 */
@Service()
export class SessionList {
  private readonly client = inject(SessionClient);
  private readonly pinned = signal<readonly SessionDto[]>([]);
  private readonly others = signal<readonly SessionDto[] | null>(null);
  private readonly count = signal(0);
  private readonly fault = signal<Problem | null>(null);
  private readonly searched = signal('');
  private readonly archived = signal(false);
  private readonly busy = signal(false);
  private asked = 0;

  /** Null until the first answer. */
  readonly sessions = computed(() => {
    const others = this.others();
    return others && [...this.pinned(), ...others];
  });
  readonly hasMore = computed(() => (this.others()?.length ?? 0) < this.count());
  /** How many there are, read or not. */
  readonly total = computed(() => this.pinned().length + this.count());
  readonly problem = this.fault.asReadonly();
  readonly search = this.searched.asReadonly();
  /** Whether those that were put away are shown instead. */
  readonly isArchive = this.archived.asReadonly();
  readonly isLoading = this.busy.asReadonly();
  private readonly isWhole = computed(() => this.searched() === '' && !this.archived());

  /** Reads the beginning again, or with `isAnew` another list; what is shown stays until the answer is there. An older answer never replaces a newer one. */
  async load(isAnew = false): Promise<void> {
    await this.read(async () => {
      const [pinned, fresh] = await Promise.all([
        this.isWhole() ? this.client.list({ limit: PAGE, pinned: true }) : null,
        this.client.list(this.page(0)),
      ]);
      return () => {
        this.pinned.set(pinned?.items ?? []);
        this.others.update((known) => (isAnew ? fresh.items : joined(fresh.items, known ?? [])));
        this.count.set(fresh.total);
      };
    });
  }

  /** Reads what follows the last one shown. */
  async more(limit = PAGE): Promise<void> {
    if (this.busy() || !this.hasMore()) return;
    await this.read(async () => {
      const { items, total } = await this.client.list(this.page(this.others()?.length ?? 0, limit));
      return () => {
        const known = new Set(this.others()?.map(({ session_id }) => session_id));
        this.others.update((others) => [...(others ?? []), ...items.filter(({ session_id: id }) => !known.has(id))]);
        this.count.set(total);
      };
    });
  }

  /** Reads all that follows, as far as the server lets. */
  async readAll(): Promise<void> {
    for (let known = -1; this.hasMore() && known !== this.others()?.length;) {
      known = this.others()?.length ?? 0;
      await this.more(PAGE_OF_ALL);
    }
  }

  /** Many sessions have changed: without those that are gone from this list, or from its beginning again. */
  async changed(gone: readonly SessionDto[] | null): Promise<void> {
    if (gone === null) return this.load(true);
    this.remove(gone);
    await this.load();
  }

  searchFor(text: string): Promise<void> {
    this.searched.set(text);
    return this.load(true);
  }

  showArchive(isArchive: boolean): Promise<void> {
    this.archived.set(isArchive);
    return this.load(true);
  }

  /** Shows a changed session at once, at its place. */
  put(session: SessionDto): void {
    const change = (items: readonly SessionDto[]) =>
      items.map((item) => (item.session_id === session.session_id ? { ...session, excerpt: item.excerpt } : item));
    this.pinned.update(change);
    this.others.update((others) => others && change(others));
  }

  /** Renames at once and takes it back when the server refuses. @throws what the server said. */
  async rename(session: SessionDto, name: string): Promise<void> {
    this.put({ ...session, session_name: name });
    await this.change(session, { session_name: name });
  }

  /** Moves it to the top, or back among the others. @throws what the server said. */
  async pin(session: SessionDto, pinned: boolean): Promise<void> {
    this.remove([session]);
    const moved = { ...session, pinned_at: pinned ? new Date().toISOString() : null };
    if (pinned && this.isWhole()) this.pinned.update((items) => [...items, moved]);
    else this.others.update((others) => others && inOrder([...others, moved]));
    await this.change(session, { pinned });
  }

  /** Puts it away or takes it back. @throws what the server said. */
  async archive(session: SessionDto, archived: boolean): Promise<void> {
    this.remove([session]);
    await this.change(session, { archived });
  }

  /** @throws what the server said. */
  async delete(session: SessionDto): Promise<void> {
    this.remove([session]);
    try {
      await this.client.delete(session.session_id);
    } finally {
      await this.load();
    }
  }

  /** Takes a deletion back. @throws what the server said. */
  async restore({ session_id }: SessionDto): Promise<void> {
    await this.client.restore(session_id);
    await this.load();
  }

  private async change(session: SessionDto, input: UpdateSessionDto): Promise<void> {
    try {
      this.put(await this.client.update(session.session_id, input));
    } catch (error) {
      this.put(session);
      throw error;
    } finally {
      // A search may find it only by its new name, and a refused change goes back to its place.
      await this.load();
    }
  }

  private remove(gone: readonly SessionDto[]): void {
    const ids = new Set(gone.map(({ session_id }) => session_id));
    const others = (items: readonly SessionDto[]) => items.filter(({ session_id }) => !ids.has(session_id));
    this.pinned.update(others);
    this.others.update((items) => items && others(items));
  }

  private page(skip: number, limit = PAGE): Record<string, string | number | boolean> {
    const search = this.searched();
    return {
      ...{ skip, limit },
      ...(this.archived() ? { archived: true } : {}),
      ...(search === '' ? {} : { search }),
      ...(this.isWhole() ? { pinned: false } : {}),
    };
  }

  /** `ask` answers with what is to be done when no later question was asked meanwhile. */
  private async read(ask: () => Promise<() => void>): Promise<void> {
    const turn = ++this.asked;
    this.busy.set(true);
    try {
      const show = await ask();
      if (turn !== this.asked) return;
      show();
      this.fault.set(null);
    } catch (error) {
      if (turn === this.asked) this.fault.set(toProblem(error));
    } finally {
      if (turn === this.asked) this.busy.set(false);
    }
  }
}

/** A fresh beginning, and behind it the older ones that were known already. */
function joined(fresh: readonly SessionDto[], known: readonly SessionDto[]): readonly SessionDto[] {
  const last = fresh.at(-1);
  if (!last || fresh.length < PAGE) return fresh;
  const ids = new Set(fresh.map(({ session_id }) => session_id));
  return [...fresh, ...known.filter((item) => item.updated_at <= last.updated_at && !ids.has(item.session_id))];
}

function inOrder(sessions: readonly SessionDto[]): readonly SessionDto[] {
  return sessions.toSorted((a, b) => b.updated_at.localeCompare(a.updated_at));
}
