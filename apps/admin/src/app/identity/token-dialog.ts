import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { CreatedTokenDto, CreateTokenDto, TokenScope } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { CurrentUser } from '../shared/data/current-user.js';
import { Sending } from '../shared/data/sending.js';
import { Formats } from '../shared/i18n/formats.js';
import { Control, Field } from '../shared/ui/field.js';
import { FormDialog } from '../shared/ui/form-dialog.js';
import { DAY_MS, DAYS, LEAST_ROLE } from './token-scopes.js';

type Part = keyof typeof LEAST_ROLE;

/** Makes a personal token: what it is for, what it may do, and for how long. */
@Component({
  selector: 'oa-token-dialog',
  imports: [Control, Field, FormDialog, TranslocoDirective],
  templateUrl: './token-dialog.html',
  styleUrl: './token-dialog.css',
})
export class TokenDialog {
  private readonly http = inject(HttpClient);
  private readonly user = inject(CurrentUser);
  protected readonly formats = inject(Formats);
  readonly created = output<CreatedTokenDto>();
  readonly dismissed = output();

  protected readonly days = DAYS;
  protected readonly name = signal('');
  protected readonly isAll = signal(false);
  protected readonly chosen = signal<ReadonlySet<Part>>(new Set(['read']));
  protected readonly holdsFor = signal<number | null>(90);
  protected readonly sending = new Sending();

  protected readonly parts = (Object.keys(LEAST_ROLE) as Part[]).map((scope) => ({
    scope,
    needs: this.user.can(LEAST_ROLE[scope]) ? null : LEAST_ROLE[scope],
  }));
  protected readonly scopes = computed<TokenScope[]>(() => (this.isAll() ? ['all'] : [...this.chosen()]));
  protected readonly isComplete = computed(() => this.name().trim() !== '' && this.scopes().length > 0);
  /** When it would end if it were made now. */
  protected readonly end = computed(() => {
    const days = this.holdsFor();
    return days === null ? null : this.formats.moment(new Date(Date.now() + days * DAY_MS).toISOString());
  });

  protected choose(scope: Part, isChosen: boolean): void {
    const chosen = new Set(this.chosen());
    if (isChosen) chosen.add(scope);
    else chosen.delete(scope);
    this.chosen.set(chosen);
  }

  protected chooseDays(value: string): void {
    this.holdsFor.set(value === '' ? null : Number(value));
  }

  protected async create(): Promise<void> {
    if (!this.isComplete()) return;
    const input = { name: this.name().trim(), scopes: this.scopes(), expires_in_days: this.holdsFor() };
    await this.sending.run(async () =>
      this.created.emit(
        await firstValueFrom(this.http.post<CreatedTokenDto>('/api/tokens', input satisfies CreateTokenDto)),
      ),
    );
  }
}
