import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { CreatedTokenDto, CreateTokenDto, TokenScope } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { Dialog } from '../shared/ui/dialog.js';
import { Control, Field } from '../shared/ui/field.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { Writes } from '../shared/ui/writes.js';
import { DAY_MS, DAYS, LEAST_ROLE } from './token-scopes.js';

type Part = keyof typeof LEAST_ROLE;

/** Makes a personal token: what it is for, what it may do, and for how long. */
@Component({
  selector: 'oa-token-dialog',
  imports: [Control, Dialog, Field, Icon, TranslocoDirective, Writes],
  templateUrl: './token-dialog.html',
  styleUrl: './token-dialog.css',
})
export class TokenDialog {
  private readonly http = inject(HttpClient);
  private readonly problemText = inject(ProblemText);
  private readonly user = inject(CurrentUser);
  protected readonly formats = inject(Formats);
  readonly created = output<CreatedTokenDto>();
  readonly dismissed = output();

  protected readonly days = DAYS;
  protected readonly name = signal('');
  protected readonly isAll = signal(false);
  protected readonly chosen = signal<ReadonlySet<Part>>(new Set(['read']));
  protected readonly holdsFor = signal<number | null>(90);
  protected readonly isBusy = signal(false);
  protected readonly failure = signal('');

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

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.isComplete() || this.isBusy()) return;
    this.isBusy.set(true);
    this.failure.set('');
    const input = { name: this.name().trim(), scopes: this.scopes(), expires_in_days: this.holdsFor() };
    try {
      this.created.emit(
        await firstValueFrom(this.http.post<CreatedTokenDto>('/api/tokens', input satisfies CreateTokenDto)),
      );
    } catch (error) {
      this.failure.set(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
  }
}
