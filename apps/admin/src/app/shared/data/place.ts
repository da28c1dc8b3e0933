import { DestroyRef, effect, inject, Service, signal } from '@angular/core';

/** What is open on the page, by its own name: the last part of the breadcrumbs. */
@Service()
export class Place {
  /** Empty on pages that are named by their route alone. */
  readonly name = signal('');
}

/** On a page about one thing: names it in the breadcrumbs for as long as the page lives. */
export function namesPlace(name: () => string): void {
  const place = inject(Place);
  effect(() => place.name.set(name()));
  inject(DestroyRef).onDestroy(() => place.name.set(''));
}
