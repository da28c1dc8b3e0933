import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { PermissionListDto, Role } from '@opsagent/contracts';
import { ROLE } from '@opsagent/contracts/constants';
import { CurrentUser } from '../shared/data/current-user.js';
import { Preview } from '../shared/data/preview.js';
import { toProblem } from '../shared/data/problem.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { State } from '../shared/ui/state.js';

/** What each role may do, as the server enforces it; an administrator can look at the console as each would. */
@Component({
  selector: 'oa-role-page',
  imports: [Icon, State, TranslocoDirective],
  templateUrl: './role-page.html',
  styleUrl: './role-page.css',
})
export class RolePage {
  private readonly user = inject(CurrentUser);
  private readonly previewed = inject(Preview);
  private readonly router = inject(Router);
  protected readonly roles = ROLE.values;
  protected readonly permissions = httpResource<PermissionListDto>(() => '/api/roles');
  protected readonly mayPreview = computed(() => this.user.can('admin'));
  protected readonly problem = computed(() => {
    const error = this.permissions.error();
    return error ? toProblem(error) : null;
  });

  protected async preview(role: Role): Promise<void> {
    this.previewed.start(role);
    // Not every role sees this page.
    await this.router.navigateByUrl('/overview');
  }
}
