import { Component, inject } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { SignInAgain } from '../shared/data/sign-in-again.js';
import { Dialog } from '../shared/ui/dialog.js';
import { SignInForm } from './sign-in-form.js';

/** Signs in again on top of the page, which keeps what was typed. */
@Component({
  selector: 'oa-sign-in-again-dialog',
  imports: [Dialog, SignInForm, TranslocoPipe],
  template: `
    <oa-dialog [heading]="'again.title' | transloco" [closesOutside]="false">
      <p class="oa-muted">{{ 'again.text' | transloco }}</p>
      <oa-sign-in-form (signedIn)="again.done()" />
    </oa-dialog>
  `,
})
export class SignInAgainDialog {
  protected readonly again = inject(SignInAgain);
}
