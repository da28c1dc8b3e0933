import { httpResource } from '@angular/common/http';
import { Component, computed, inject, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { LlmConfigAccessScope, Role, UserListDto } from '@opsagent/contracts';
import { CurrentUser } from '../../shared/data/current-user.js';
import { ChipsInput } from '../../shared/ui/chips-input.js';
import { Combobox } from '../../shared/ui/combobox/combobox.js';
import type { ComboGroup } from '../../shared/ui/combobox/combo-option.js';
import { Field } from '../../shared/ui/field.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { type AccessDraft, CHOSEN_ROLES } from '../access-draft.js';

/** Who may use a configuration. Administrators choose people from all users; others know whom they mean by e-mail address. */
@Component({
  selector: 'oa-access-fields',
  imports: [ChipsInput, Combobox, Field, Icon, TranslocoDirective],
  templateUrl: './access-fields.html',
  styleUrl: './access-fields.css',
})
export class AccessFields {
  protected readonly canList = inject(CurrentUser).can('admin');
  readonly access = model.required<AccessDraft>();
  readonly isDefault = input(false);
  readonly error = input('');

  protected readonly scopes = ['all', 'roles', 'users'] as const satisfies readonly LlmConfigAccessScope[];
  protected readonly roles = CHOSEN_ROLES;
  protected readonly isForNobody = computed(() => {
    const { scope, roles, emails } = this.access();
    return (scope === 'roles' && roles.length === 0) || (scope === 'users' && emails.length === 0);
  });
  private readonly users = httpResource<UserListDto>(() =>
    this.canList && this.access().scope === 'users' ? '/api/users' : undefined,
  );
  /** Those who are not chosen yet; administrators need not be. */
  protected readonly offered = computed<readonly ComboGroup[]>(() => {
    const known = this.users.hasValue() ? this.users.value().items : [];
    const left = known.filter(({ email, role }) => role !== 'admin' && !this.access().emails.includes(email));
    return [{ heading: '', options: left.map(({ email }) => ({ value: email, label: email })) }];
  });

  protected choose(scope: LlmConfigAccessScope): void {
    this.access.update((access) => ({ ...access, scope }));
  }

  protected toggle(role: Role): void {
    const { roles } = this.access();
    const chosen = roles.includes(role) ? roles.filter((other) => other !== role) : [...roles, role];
    this.access.update((access) => ({ ...access, roles: chosen }));
  }

  protected put(emails: readonly string[]): void {
    this.access.update((access) => ({ ...access, emails }));
  }

  protected add(email: string): void {
    if (email !== '') this.put([...new Set([...this.access().emails, email])]);
  }

  protected remove(email: string): void {
    this.put(this.access().emails.filter((other) => other !== email));
  }
}
