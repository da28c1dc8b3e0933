import { computed, effect, inject, Service, signal } from '@angular/core';
import type { LlmConfigDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { Jobs } from '../shared/data/jobs.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { LlmConfigClient } from './llm-config-client.js';

/** As many as the server answers at once. */
const PAGE_SIZE = 1000;
/** As many as fill a window, and no more: on a slow line they are there sooner. */
const FIRST_SIZE = 50;
const STALE_MS = 30_000;

/**
 * Every configuration, kept between visits: shown at once, read again behind when it is old or something was changed. All of
 * them are here, so that a filter answers within a frame.
 */
@Service()
export class LlmConfigList {
  private readonly client = inject(LlmConfigClient);
  private readonly user = inject(CurrentUser);
  private readonly jobs = inject(Jobs);
  private readonly known = signal<readonly LlmConfigDto[] | null>(null);
  private readonly running = signal(0);
  private readonly fault = signal<Problem | null>(null);
  private readAt = 0;
  private readBy: string | undefined;
  private run = 0;

  /** Null while nothing has been read. */
  readonly configs = this.known.asReadonly();
  readonly isLoading = computed(() => this.running() > 0);
  /** Why the last reading failed; what was read before is still here. */
  readonly problem = this.fault.asReadonly();

  constructor() {
    effect(() => {
      if (this.client.changes() + this.jobs.ended() > 0) void this.refresh();
    });
  }

  /** Called by a page that shows them: reads again what is old. */
  open(): void {
    const userId = this.user.me()?.user.id;
    if (userId !== this.readBy) this.known.set(null);
    this.readBy = userId;
    if (this.known() === null || Date.now() - this.readAt > STALE_MS) void this.refresh();
  }

  /** What a change is known to have done, until the list has been read again. */
  patch(id: string, part: Partial<LlmConfigDto>): void {
    const patched = (config: LlmConfigDto): LlmConfigDto => (config.id === id ? { ...config, ...part } : config);
    this.known.update((configs) => configs && configs.map(patched));
  }

  /** Reads all pages; a later call makes an earlier one void. */
  async refresh(): Promise<void> {
    const run = ++this.run;
    this.running.update((count) => count + 1);
    this.fault.set(null);
    try {
      await this.readAll(() => run === this.run);
    } catch (error) {
      if (run === this.run) this.fault.set(toProblem(error));
    } finally {
      this.running.update((count) => count - 1);
    }
  }

  private async readAll(isWanted: () => boolean): Promise<void> {
    // Shown while the others are on their way; an older whole list stays instead.
    const isWhole = this.known() === null && (await this.readFirst(isWanted));
    if (!isWhole && isWanted()) await this.readPages(isWanted);
    if (isWanted()) this.readAt = Date.now();
  }

  /** @returns whether these are all */
  private async readFirst(isWanted: () => boolean): Promise<boolean> {
    const { items, total } = await this.client.page(0, FIRST_SIZE, 'name');
    if (isWanted()) this.known.set(items);
    return total <= items.length;
  }

  private async readPages(isWanted: () => boolean): Promise<void> {
    const read = new Map<string, LlmConfigDto>();
    let total = 1;
    for (let skip = 0; skip < total; skip += PAGE_SIZE) {
      const page = await this.client.page(skip, PAGE_SIZE);
      if (!isWanted()) return;
      total = page.total;
      for (const config of page.items) read.set(config.id, config);
    }
    this.known.set([...read.values()]);
  }
}
