import { HttpClient, httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { UserIdentityListDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';

const IDENTITIES = '/api/me/identities';

/** The account elsewhere that signs one in; where nobody has one, there is nothing to see. */
@Component({
  selector: 'oa-identities-section',
  imports: [TranslocoDirective, Writes],
  template: `
    <ng-container *transloco="let t">
      @if (items().length > 0) {
        <section class="oa-card" aria-labelledby="oa-identities">
          <h2 id="oa-identities">{{ t('identity.external.title') }}</h2>
          @for (item of items(); track item.issuer) {
            <p>
              <b [title]="item.issuer">{{ item.name ?? item.issuer }}</b>
              <span class="oa-muted">{{
                t('identity.external.since', { moment: formats.moment(item.linked_at) })
              }}</span>
            </p>
          }
          @if (isOnlyWayIn()) {
            <p class="oa-muted" id="oa-only-way-in">{{ t('identity.external.onlyWayIn') }}</p>
          }
          <button
            oaWrites
            class="oa-button"
            type="button"
            [disabled]="isBusy() || isOnlyWayIn()"
            [attr.aria-describedby]="isOnlyWayIn() ? 'oa-only-way-in' : null"
            (click)="unlink()"
          >
            {{ t('identity.external.unlink') }}
          </button>
        </section>
      }
    </ng-container>
  `,
  styles: `
    /* With nothing to see it takes no room either. */
    :host {
      display: contents;
    }

    .oa-card {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: var(--oa-space-4);
      max-width: 720px;
      padding: var(--oa-space-5);
    }

    p {
      display: flex;
      flex-wrap: wrap;
      gap: var(--oa-space-3);
      font: var(--oa-control);
    }

    b {
      font-weight: 500;
    }
  `,
})
export class IdentitiesSection {
  private readonly http = inject(HttpClient);
  private readonly user = inject(CurrentUser);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly formats = inject(Formats);
  private readonly linked = httpResource<UserIdentityListDto>(() => IDENTITIES);
  protected readonly items = computed(() => (this.linked.hasValue() ? this.linked.value().items : []));
  protected readonly isOnlyWayIn = computed(() => !this.user.me()?.has_password);
  protected readonly isBusy = signal(false);

  protected async unlink(): Promise<void> {
    const [title, text, confirm] = ['title', 'text', 'confirm'].map((part) => this.text(`ask.${part}`));
    if (!(await this.confirm.ask({ title, text, confirm, isDangerous: true }))) return;
    this.isBusy.set(true);
    try {
      await firstValueFrom(this.http.delete(IDENTITIES));
      this.toasts.done(this.text('done'));
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
      this.linked.reload();
    }
  }

  private text(key: string): string {
    return this.transloco.translate(`identity.external.${key}`);
  }
}
