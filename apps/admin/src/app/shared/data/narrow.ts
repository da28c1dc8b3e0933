import { DestroyRef, inject, Service, signal } from '@angular/core';

/** Whether the window is narrower than 768 px: cards instead of tables, larger targets. */
@Service()
export class Narrow {
  private readonly query = matchMedia('(width < 768px)');
  private readonly state = signal(this.query.matches);
  readonly active = this.state.asReadonly();

  constructor() {
    const update = (): void => this.state.set(this.query.matches);
    this.query.addEventListener('change', update);
    inject(DestroyRef).onDestroy(() => this.query.removeEventListener('change', update));
  }
}
