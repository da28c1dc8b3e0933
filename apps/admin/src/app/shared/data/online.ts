import { DestroyRef, inject, Service, signal } from '@angular/core';

/** Whether the browser has a network at all. */
@Service()
export class Online {
  private readonly state = signal(navigator.onLine);
  readonly active = this.state.asReadonly();

  constructor() {
    const update = (): void => this.state.set(navigator.onLine);
    addEventListener('online', update);
    addEventListener('offline', update);
    inject(DestroyRef).onDestroy(() => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
    });
  }
}
