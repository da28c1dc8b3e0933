import { HttpClient, httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { SignInListDto } from '@opsagent/contracts';
import { firstValueFrom, type Observable } from 'rxjs';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { browserOf } from './browser-name.js';

const SIGN_INS = '/api/me/sign-ins';

/** The browsers one is signed in with; each but this one can be signed out from here. */
@Component({
  selector: 'oa-sign-in-list-page',
  imports: [State, TranslocoDirective, Writes],
  templateUrl: './sign-in-list-page.html',
  styleUrl: './sign-in-list-page.css',
})
export class SignInListPage {
  private readonly http = inject(HttpClient);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly formats = inject(Formats);
  protected readonly signIns = httpResource<SignInListDto>(() => SIGN_INS);
  /** This one first. */
  protected readonly rows = computed(() =>
    (this.signIns.hasValue() ? this.signIns.value().items : [])
      .map((signIn) => ({ ...signIn, browser: browserOf(signIn.user_agent) }))
      .sort((one, other) => Number(other.is_current) - Number(one.is_current)),
  );
  protected readonly hasOthers = computed(() => this.rows().some(({ is_current }) => !is_current));
  protected readonly problem = computed(() => {
    const error = this.signIns.error();
    return error ? toProblem(error) : null;
  });

  protected async end(id: string): Promise<void> {
    await this.send(this.http.delete(`${SIGN_INS}/${id}`), 'ended');
  }

  protected async endOthers(): Promise<void> {
    await this.send(this.http.post(`${SIGN_INS}/end-others`, null), 'othersEnded');
  }

  private async send(call: Observable<unknown>, done: string): Promise<void> {
    try {
      await firstValueFrom(call);
      this.toasts.done(this.transloco.translate(`identity.signIns.${done}`));
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
    this.signIns.reload();
  }
}
