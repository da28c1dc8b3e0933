import { inject, Service, signal } from '@angular/core';
import type { SessionDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { SessionClient } from './session-client.js';

const PAGE = 50;

/** The sessions of the current user as the list shows them: newest activity first. */
@Service()
export class SessionList {
  private readonly client = inject(SessionClient);
  private readonly page = signal<readonly SessionDto[] | null>(null);
  private readonly count = signal(0);
  private readonly fault = signal<Problem | null>(null);
  private readonly searched = signal('');
  private limit = PAGE;
  private asked = 0;

  /** Null until the first answer. */
  readonly sessions = this.page.asReadonly();
  readonly total = this.count.asReadonly();
  readonly problem = this.fault.asReadonly();
  readonly search = this.searched.asReadonly();

  /** Reads the list anew; what is shown stays until the answer is there. An older answer never replaces a newer one. */
  async load(): Promise<void> {
    const turn = ++this.asked;
    try {
      const { items, total } = await this.client.list(this.searched(), this.limit);
      if (turn !== this.asked) return;
      this.page.set(items);
      this.count.set(total);
      this.fault.set(null);
    } catch (error) {
      if (turn === this.asked) this.fault.set(toProblem(error));
    }
  }

  searchFor(text: string): Promise<void> {
    this.searched.set(text);
    this.limit = PAGE;
    return this.load();
  }

  more(): Promise<void> {
    this.limit += PAGE;
    return this.load();
  }

  /** Shows a changed session at once. */
  put(session: SessionDto): void {
    this.page.update(
      (items) => items?.map((item) => (item.session_id === session.session_id ? session : item)) ?? null,
    );
  }

  /** Renames at once and takes it back when the server refuses. @throws what the server said. */
  async rename(session: SessionDto, name: string): Promise<void> {
    this.put({ ...session, session_name: name });
    try {
      this.put(await this.client.update(session.session_id, { session_name: name }));
      // A search may find it only by its new name.
      await this.load();
    } catch (error) {
      this.put(session);
      throw error;
    }
  }

  async delete({ session_id }: SessionDto): Promise<void> {
    await this.client.delete(session_id);
    this.page.update((items) => items?.filter((item) => item.session_id !== session_id) ?? null);
    this.count.update((count) => count - 1);
    await this.load();
  }
}
