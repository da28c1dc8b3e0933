import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { UserDetailsDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { stateOf } from '../user-state.js';

/** Users: as what, how it stands with each, and when each was last here. */
@Component({
  selector: 'oa-user-table',
  imports: [TranslocoDirective],
  templateUrl: './user-table.html',
  styleUrl: './user-table.css',
})
export class UserTable {
  protected readonly formats = inject(Formats);
  readonly users = input.required<readonly UserDetailsDto[]>();
  readonly ownId = input.required<string | undefined>();
  readonly opened = output<UserDetailsDto>();
  protected readonly rows = computed(() => this.users().map((user) => ({ user, state: stateOf(user, Date.now()) })));
}
