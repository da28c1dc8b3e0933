import { DestroyRef, inject, linkedSignal, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, type Params, Router } from '@angular/router';

const PAUSE_MS = 150;

/**
 * What a page shows, as it stands in its address. A change counts at once; the address follows when typing pauses, replaced
 * instead of added to the history. Made where services may be injected.
 */
export class AddressQuery<TQuery extends object> {
  private readonly router = inject(Router);
  private readonly params = toSignal(inject(ActivatedRoute).queryParams, { requireSync: true });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly current;
  readonly value: Signal<TQuery>;

  /** `write` names every parameter that belongs to the query; null leaves one out of the address. */
  constructor(
    read: (params: Params) => TQuery,
    private readonly write: (query: TQuery) => Record<string, string | null>,
  ) {
    this.current = linkedSignal<Params, TQuery>({
      source: () => this.params(),
      // The echo of an earlier key press must not undo a later one.
      computation: (params, previous) => (this.timer && previous ? previous.value : read(params)),
    });
    this.value = this.current.asReadonly();
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  change(part: Partial<TQuery>): void {
    this.current.update((query) => ({ ...query, ...part }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE_MS);
  }

  /** Brings the address up to date now; needed before a link takes the query along. */
  flush(): void {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    // Who follows a link while typing pauses is not taken back.
    if (this.isLeaving()) return;
    const tree = this.router.parseUrl(this.router.url);
    const params = { ...tree.queryParams, ...this.write(this.current()) };
    tree.queryParams = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));
    void this.router.navigateByUrl(tree, { replaceUrl: true });
  }

  private isLeaving(): boolean {
    const going = this.router.currentNavigation();
    return going !== null && pathOf(this.router.serializeUrl(going.extractedUrl)) !== pathOf(this.router.url);
  }
}

function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
