import { Component, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { Gate } from '../shared/ui/gate.js';
import { SignInForm } from './sign-in-form.js';

/** The sign-in page; afterwards the page that was asked for opens. */
@Component({
  selector: 'oa-login-page',
  imports: [Gate, SignInForm, TranslocoPipe],
  template: `
    <oa-gate>
      <div>
        <h1>{{ 'signIn.title' | transloco }}</h1>
        @if (environment()) {
          <p class="oa-muted oa-caption">{{ 'shell.environment' | transloco: { name: environment() } }}</p>
        }
      </div>
      <oa-sign-in-form [(trouble)]="trouble" (signedIn)="openAsked()" />
    </oa-gate>
  `,
})
export class LoginPage {
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  /** The query parameter `return`: a path of this console. */
  readonly return = input<string>();
  protected readonly environment = signal<string | null>(null);
  protected readonly trouble = signal<Problem | null>(null);

  constructor() {
    void this.readEnvironment();
  }

  protected async openAsked(): Promise<void> {
    const asked = this.return() ?? '/';
    // Only paths of our own: `//elsewhere` would be another site.
    await this.router.navigateByUrl(/^\/(?!\/)/.test(asked) ? asked : '/');
  }

  /** The label, and whether anybody answers at all. */
  private async readEnvironment(): Promise<void> {
    try {
      this.environment.set((await this.user.setupState()).environment);
    } catch (error) {
      this.trouble.set(toProblem(error));
    }
  }
}
