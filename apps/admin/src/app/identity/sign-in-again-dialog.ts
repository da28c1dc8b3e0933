import { Component, computed, inject } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { SignInAgain } from '../shared/data/sign-in-again.js';
import { Dialog } from '../shared/ui/dialog.js';
import { SignInForm } from './sign-in-form.js';
import { OidcLink } from './ui/oidc-link.js';

/** Signs in again on top of the page, which keeps what was typed. */
@Component({
  selector: 'oa-sign-in-again-dialog',
  imports: [Dialog, OidcLink, SignInForm, TranslocoPipe],
  host: { '(window:focus)': 'lookAgain()' },
  template: `
    <oa-dialog [heading]="'again.title' | transloco" [closesOutside]="false">
      <p class="oa-muted">{{ 'again.text' | transloco }}</p>
      @if (hasForm()) {
        <oa-sign-in-form (signedIn)="again.done()" />
      }
      @if (provider(); as name) {
        <oa-oidc-link [name]="name" [isNewTab]="true" [isOnly]="!hasForm()" />
      }
    </oa-dialog>
  `,
})
export class SignInAgainDialog {
  private readonly user = inject(CurrentUser);
  protected readonly again = inject(SignInAgain);
  protected readonly provider = computed(() => this.user.setup()?.oidc_name);
  protected readonly hasForm = computed(() => this.user.setup()?.password_sign_in ?? true);

  constructor() {
    // Without an answer there is the form, which says so when it is used.
    if (this.user.setup() === null) this.user.setupState().catch(() => undefined);
  }

  /** Back from the tab of the provider; while nobody is signed in, this call waits as the others do. A silent server is none to go on with. */
  protected async lookAgain(): Promise<void> {
    try {
      await this.user.load();
    } catch {
      return;
    }
    this.again.done();
  }
}
