import { HttpClient, httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { CreatedTokenDto, TokenListDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { toProblem } from '../shared/data/problem.js';
import { SecretList } from '../shared/ui/secret-list.js';
import { State } from '../shared/ui/state.js';

/** One's own personal tokens, for programs that use the API in one's name. */
@Component({
  selector: 'oa-token-list-page',
  imports: [SecretList, State, TranslocoDirective],
  template: `
    <section class="oa-page" *transloco="let t">
      <header class="oa-page-head">
        <div>
          <h1>{{ t('nav.tokens') }}</h1>
          <p>{{ t('identity.tokens.intro') }}</p>
        </div>
      </header>
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="tokens.reload()" />
      } @else if (tokens.value(); as list) {
        <oa-secret-list
          class="list"
          [rows]="list.items"
          [empty]="t('identity.tokens.none')"
          [example]="t('identity.tokens.example')"
          [create]="create"
          [revoke]="revoke"
        />
      } @else {
        <oa-state kind="loading" [rows]="3" />
      }
    </section>
  `,
  styles: `
    .list {
      max-width: 960px;
    }
  `,
})
export class TokenListPage {
  private readonly http = inject(HttpClient);
  protected readonly tokens = httpResource<TokenListDto>(() => '/api/tokens');
  protected readonly problem = computed(() => {
    const error = this.tokens.error();
    return error ? toProblem(error) : null;
  });

  protected readonly create = async (name: string): Promise<string> => {
    const { token } = await firstValueFrom(this.http.post<CreatedTokenDto>('/api/tokens', { name }));
    this.tokens.reload();
    return token;
  };

  protected readonly revoke = async (id: string): Promise<void> => {
    await firstValueFrom(this.http.delete<void>(`/api/tokens/${id}`));
    this.tokens.reload();
  };
}
