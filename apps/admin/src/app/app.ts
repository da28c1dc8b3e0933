import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { SignInAgain } from './shared/data/sign-in-again.js';
import { ConfirmDialog } from './shared/ui/confirm-dialog.js';
import { ToastList } from './shared/ui/toast-list.js';
import { SignInAgainDialog } from './identity/sign-in-again-dialog.js';

/** The console: the routed page and what can lie on top of every page. */
@Component({
  selector: 'oa-root',
  imports: [RouterOutlet, ConfirmDialog, ToastList, SignInAgainDialog],
  template: `
    <router-outlet />
    <oa-toast-list />
    <oa-confirm-dialog />
    @defer (when again.isNeeded()) {
      @if (again.isNeeded()) {
        <oa-sign-in-again-dialog />
      }
    }
  `,
})
export class App {
  protected readonly again = inject(SignInAgain);
}
