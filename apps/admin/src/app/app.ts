import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { SignInAgain } from './shared/data/sign-in-again.js';
import { ConfirmDialog } from './shared/ui/confirm-dialog.js';
import { LostPage } from './shared/ui/lost-page.js';
import { ToastList } from './shared/ui/toast-list.js';
import { SignInAgainDialog } from './identity/sign-in-again-dialog.js';

/** The console: the routed page and what can lie on top of every page. */
@Component({
  selector: 'oa-root',
  imports: [RouterOutlet, ConfirmDialog, ToastList, TranslocoPipe, SignInAgainDialog],
  template: `
    <router-outlet />
    @if (lost.text(); as text) {
      <main class="oa-page" role="alert">
        <h1>{{ 'product' | transloco }}</h1>
        <p>{{ text }}</p>
        <button class="oa-button" type="button" (click)="lost.reload()">{{ 'common.retryNow' | transloco }}</button>
      </main>
    }
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
  protected readonly lost = inject(LostPage);
}
