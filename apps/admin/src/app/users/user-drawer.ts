import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ROLE } from '@opsagent/contracts/constants';
import type { InvitedUserDto, Role, UpdateUserDto, UserDetailsDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Drawer } from '../shared/ui/drawer.js';
import { Control, Field } from '../shared/ui/field.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { UserClient } from './user-client.js';
import { obstacleOf, stateOf } from './user-state.js';

/** One user, and all that an administrator can do about it; what cannot be done says why. */
@Component({
  selector: 'oa-user-drawer',
  imports: [Control, Drawer, Field, Icon, TranslocoDirective, Writes],
  templateUrl: './user-drawer.html',
  styleUrl: './user-drawer.css',
})
export class UserDrawer {
  private readonly client = inject(UserClient);
  private readonly current = inject(CurrentUser);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly formats = inject(Formats);

  readonly user = input.required<UserDetailsDto>();
  readonly all = input.required<readonly UserDetailsDto[]>();
  readonly changed = output();
  readonly invited = output<InvitedUserDto>();
  readonly dismissed = output();

  protected readonly roles = ROLE.values;
  protected readonly isBusy = signal(false);
  protected readonly state = computed(() => stateOf(this.user(), Date.now()));
  protected readonly isAdmin = computed(() => this.current.can('admin'));
  protected readonly isOwn = computed(() => this.user().id === this.current.me()?.user.id);
  protected readonly obstacle = computed(() =>
    obstacleOf(this.user(), this.all(), { id: this.current.me()?.user.id, isAdmin: this.isAdmin() }),
  );

  protected async changeRole(select: HTMLSelectElement): Promise<void> {
    const before = this.user().role;
    if (!(await this.change({ role: select.value as Role }, { role: before }))) select.value = before;
  }

  protected async switch(isActive: boolean): Promise<void> {
    await this.change({ is_active: isActive }, { is_active: !isActive });
  }

  protected async invite(): Promise<void> {
    if (this.user().has_password && !(await this.isSure('reset'))) return;
    await this.act(async () => this.invited.emit(await this.client.invite(this.user().id)));
  }

  protected async signOut(): Promise<void> {
    if (!(await this.isSure('signOut'))) return;
    if (await this.act(() => this.client.signOut(this.user().id))) this.toasts.done(this.text('signOut.done'));
  }

  protected async resetTotp(): Promise<void> {
    if (!(await this.isSure('totp'))) return;
    if (await this.act(() => this.client.resetTotp(this.user().id))) this.toasts.done(this.text('totp.done'));
  }

  protected async unlink(): Promise<void> {
    if (!(await this.isSure('unlink'))) return;
    if (await this.act(() => this.client.unlink(this.user().id))) this.toasts.done(this.text('unlink.done'));
  }

  /** Both ways are the same call, so that either can be taken back. */
  private async change(input: UpdateUserDto, before: UpdateUserDto): Promise<boolean> {
    const user = this.user();
    if (!(await this.act(() => this.client.update(user.id, input)))) return false;
    const done = input.role ? 'roleDone' : input.is_active ? 'onDone' : 'offDone';
    const role = this.transloco.translate<string>(`roles.${input.role ?? user.role}`);
    this.toasts.done(this.text(done, { role }), {
      label: this.transloco.translate('common.undo'),
      run: () => void this.act(() => this.client.update(user.id, before)),
    });
    return true;
  }

  private async act(action: () => Promise<unknown>): Promise<boolean> {
    this.isBusy.set(true);
    try {
      await action();
      return true;
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
      return false;
    } finally {
      this.isBusy.set(false);
      // Behind a closed drawer there is nobody to tell: an undo may come later.
      this.changed.emit();
    }
  }

  private isSure(what: 'reset' | 'signOut' | 'totp' | 'unlink'): Promise<boolean> {
    const [title, text, confirm] = ['title', 'text', 'confirm'].map((part) => this.text(`${what}.${part}`));
    return this.confirm.ask({ title, text, confirm, isDangerous: true });
  }

  private text(key: string, facts: object = {}): string {
    return this.transloco.translate(`users.actions.${key}`, { email: this.user().email, ...facts });
  }
}
