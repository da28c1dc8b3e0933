import { Service, signal } from '@angular/core';

/**
 * The sign-in ended while somebody was working: calls wait here until the dialog on top has signed in again,
 * so nothing typed below it is lost.
 */
@Service()
export class SignInAgain {
  private waiting: (() => void)[] = [];
  private readonly isAsked = signal(false);
  readonly isNeeded = this.isAsked.asReadonly();

  /** Resolves once the user has signed in again. */
  wait(): Promise<void> {
    this.isAsked.set(true);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Called by the dialog. */
  done(): void {
    const waiting = this.waiting;
    this.waiting = [];
    this.isAsked.set(false);
    for (const resume of waiting) resume();
  }
}
