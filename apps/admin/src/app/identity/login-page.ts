import { Component, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { OIDC_FAILURE } from '@opsagent/contracts/constants';
import { CurrentUser } from '../shared/data/current-user.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { Gate } from '../shared/ui/gate.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { SignInForm } from './sign-in-form.js';
import { OidcLink } from './ui/oidc-link.js';

/** The sign-in page; afterwards the page that was asked for opens. */
@Component({
  selector: 'oa-login-page',
  imports: [Gate, Icon, OidcLink, SignInForm, TranslocoPipe],
  template: `
    <oa-gate>
      <div>
        <h1>{{ 'signIn.title' | transloco }}</h1>
        @if (environment(); as name) {
          <p class="oa-muted oa-caption">{{ 'shell.environment' | transloco: { name } }}</p>
        }
      </div>
      @if (!trouble() && refusal(); as failure) {
        <p class="oa-notice" [class.danger]="failure !== 'link'" role="alert">
          <svg oaIcon="circle-alert"></svg>
          <span>{{ 'signIn.oidc.' + failure | transloco: { name: provider() } }}</span>
        </p>
      }
      @if (hasForm()) {
        <oa-sign-in-form [(trouble)]="trouble" (signedIn)="openAsked()" />
      }
      @if (provider(); as name) {
        <oa-oidc-link [name]="name" [return]="return()" [isOnly]="!hasForm()" />
      }
    </oa-gate>
  `,
})
export class LoginPage {
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  /** The query parameter `return`: a path of this console. */
  readonly return = input<string>();
  /** The query parameter `oidc`: why a sign-in by the provider came to nothing. */
  readonly oidc = input<string>();
  protected readonly environment = computed(() => this.user.setup()?.environment);
  protected readonly provider = computed(() => this.user.setup()?.oidc_name);
  /** Until the server has answered there is the form, which tells what is wrong. */
  protected readonly hasForm = computed(() => this.user.setup()?.password_sign_in ?? true);
  protected readonly refusal = computed(() => OIDC_FAILURE.values.find((failure) => failure === this.oidc()));
  protected readonly trouble = signal<Problem | null>(null);

  constructor() {
    if (this.user.setup() === null) void this.readSetup();
  }

  protected async openAsked(): Promise<void> {
    const asked = this.return() ?? '/';
    // Only paths of our own: `//elsewhere` would be another site.
    await this.router.navigateByUrl(/^\/(?!\/)/.test(asked) ? asked : '/');
  }

  /** Nobody answered when the page was opened: asks once more, and says whether anybody does at all. */
  private async readSetup(): Promise<void> {
    try {
      await this.user.setupState();
    } catch (error) {
      this.trouble.set(toProblem(error));
    }
  }
}
