import { computed, Service, signal } from '@angular/core';
import type { Role } from '@opsagent/contracts';

/** The console shown as another role sees it; nothing is changed meanwhile. */
@Service()
export class Preview {
  private readonly shownAs = signal<Role | null>(null);
  readonly role = this.shownAs.asReadonly();
  readonly isOn = computed(() => this.shownAs() !== null);

  start(role: Role): void {
    this.shownAs.set(role);
  }

  end(): void {
    this.shownAs.set(null);
  }
}
