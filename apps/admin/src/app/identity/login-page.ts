import { Component, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { Gate } from './gate.js';
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
      <oa-sign-in-form (signedIn)="openAsked()" />
    </oa-gate>
  `,
})
export class LoginPage {
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  /** The query parameter `return`: a path of this console. */
  readonly return = input<string>();
  protected readonly environment = signal<string | null>(null);

  constructor() {
    void this.readEnvironment();
  }

  protected async openAsked(): Promise<void> {
    const asked = this.return() ?? '/';
    // Only paths of our own: `//elsewhere` would be another site.
    await this.router.navigateByUrl(/^\/(?!\/)/.test(asked) ? asked : '/');
  }

  /** A label only; without an answer the page works the same. */
  private async readEnvironment(): Promise<void> {
    await this.user.setupState().then(
      (state) => this.environment.set(state.environment),
      () => this.environment.set(null),
    );
  }
}
