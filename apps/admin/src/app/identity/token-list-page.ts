import { HttpClient, httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { CreatedTokenDto, TokenDto, TokenListDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { ShownSecret } from '../shared/ui/shown-secret.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { TokenDialog } from './token-dialog.js';
import { TokenTable } from './ui/token-table.js';

/** One's own personal tokens, for programs that use the API in one's name. */
@Component({
  selector: 'oa-token-list-page',
  imports: [Icon, ShownSecret, State, TokenDialog, TokenTable, TranslocoDirective, Writes],
  template: `
    <section class="oa-page" *transloco="let t">
      <header class="oa-page-head">
        <div>
          <h1>{{ t('nav.tokens') }}</h1>
          <p>{{ t('identity.tokens.intro') }}</p>
        </div>
        <button oaWrites class="oa-button primary" type="button" (click)="isMaking.set(true)">
          <svg oaIcon="plus"></svg>{{ t('identity.tokens.new') }}
        </button>
      </header>
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="tokens.reload()" />
      } @else if (tokens.value(); as list) {
        <oa-token-table [tokens]="list.items" (revoked)="revoke($event)" />
      } @else {
        <oa-state kind="loading" [rows]="3" />
      }
    </section>
    @defer (when isMaking(); prefetch on idle) {
      @if (isMaking()) {
        <oa-token-dialog (created)="show($event)" (dismissed)="isMaking.set(false)" />
      }
    }
    @if (shown(); as value) {
      <oa-shown-secret [value]="value" (saved)="shown.set(null)" />
    }
  `,
})
export class TokenListPage {
  private readonly http = inject(HttpClient);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  protected readonly tokens = httpResource<TokenListDto>(() => '/api/tokens');
  protected readonly isMaking = signal(false);
  /** Gone with the dialog. */
  protected readonly shown = signal<string | null>(null);
  protected readonly problem = computed(() => {
    const error = this.tokens.error();
    return error ? toProblem(error) : null;
  });

  protected show({ token }: CreatedTokenDto): void {
    this.isMaking.set(false);
    this.shown.set(token);
    this.tokens.reload();
  }

  protected async revoke({ id, name }: TokenDto): Promise<void> {
    const text = (key: string): string => this.transloco.translate(`secrets.${key}`, { name });
    const isSure = await this.confirm.ask({
      ...{ title: text('revokeTitle'), text: text('revokeText') },
      ...{ confirm: text('revoke'), isDangerous: true },
    });
    if (!isSure) return;
    try {
      await firstValueFrom(this.http.delete<void>(`/api/tokens/${id}`));
      this.toasts.done(text('revoked'));
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
    this.tokens.reload();
  }
}
