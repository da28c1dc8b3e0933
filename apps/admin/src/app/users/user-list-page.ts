import { Component, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { InvitedUserDto, UserDetailsDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { State } from '../shared/ui/state.js';
import { Writes } from '../shared/ui/writes.js';
import { InvitationLink } from './ui/invitation-link.js';
import { InviteDialog } from './ui/invite-dialog.js';
import { UserTable } from './ui/user-table.js';
import { UserClient } from './user-client.js';
import { UserDrawer } from './user-drawer.js';

/** Everybody who may use the installation; the open one stands in the address. */
@Component({
  selector: 'oa-user-list-page',
  imports: [Icon, InvitationLink, InviteDialog, State, TranslocoDirective, UserDrawer, UserTable, Writes],
  template: `
    <section class="oa-page" *transloco="let t">
      <header class="oa-page-head">
        <div>
          <h1>{{ t('nav.users') }}</h1>
          <p>{{ t('users.intro') }}</p>
        </div>
        @if (isAdmin()) {
          <button oaWrites class="oa-button primary" type="button" (click)="isInviting.set(true)">
            <svg oaIcon="plus"></svg>{{ t('users.invite') }}
          </button>
        }
      </header>
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="users.reload()" />
      } @else if (users.value(); as list) {
        <oa-user-table [users]="list.items" [ownId]="ownId()" (opened)="open($event)" />
      } @else {
        <oa-state kind="loading" [rows]="4" />
      }
    </section>
    @defer (when opened() !== undefined; prefetch on idle) {
      @if (opened(); as user) {
        <oa-user-drawer
          [user]="user"
          [all]="all()"
          (changed)="users.reload()"
          (invited)="show($event)"
          (dismissed)="open(null)"
        />
      }
    }
    @defer (when isInviting()) {
      @if (isInviting()) {
        <oa-invite-dialog (invited)="show($event)" (dismissed)="isInviting.set(false)" />
      }
    }
    @defer (when shown() !== null) {
      @if (shown(); as invited) {
        <oa-invitation-link [user]="invited" (saved)="shown.set(null)" />
      }
    }
  `,
})
export class UserListPage {
  private readonly router = inject(Router);
  private readonly current = inject(CurrentUser);
  /** The query parameter `user`: whose drawer is open. */
  readonly user = input<string>();
  protected readonly users = inject(UserClient).list();
  protected readonly isAdmin = computed(() => this.current.can('admin'));
  protected readonly ownId = computed(() => this.current.me()?.user.id);
  protected readonly isInviting = signal(false);
  /** Gone with the dialog: there is a secret in it. */
  protected readonly shown = signal<InvitedUserDto | null>(null);
  protected readonly all = computed(() => (this.users.hasValue() ? this.users.value().items : []));
  protected readonly opened = computed(() => this.all().find(({ id }) => id === this.user()));
  protected readonly problem = computed(() => {
    const error = this.users.error();
    return error ? toProblem(error) : null;
  });

  protected open(user: UserDetailsDto | null): void {
    void this.router.navigate([], { queryParams: { user: user?.id }, queryParamsHandling: 'merge' });
  }

  protected show(invited: InvitedUserDto): void {
    this.isInviting.set(false);
    this.shown.set(invited);
    this.users.reload();
  }
}
