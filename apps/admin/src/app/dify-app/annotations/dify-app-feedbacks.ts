import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AppDto } from '@opsagent/contracts';
import { toProblem } from '../../shared/data/problem.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { State } from '../../shared/ui/state.js';
import { AnnotationClient } from './annotation-client.js';
import { PageBar } from './page-bar.js';

/** What people thought of the answers of an app, newest first. */
@Component({
  selector: 'oa-dify-app-feedbacks',
  imports: [Icon, PageBar, State, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="list.reload()" />
      } @else if (list.value(); as found) {
        @if (found.items.length === 0) {
          <p class="oa-muted">{{ t('apps.feedbacks.none') }}</p>
        }
        <ul>
          @for (one of found.items; track one.id) {
            <li class="oa-card">
              <p class="rating" [class.bad]="one.rating === 'dislike'">
                <svg [oaIcon]="one.rating === 'like' ? 'thumbs-up' : 'thumbs-down'" size="14"></svg>
                {{ t(one.rating === 'like' ? 'apps.feedbacks.like' : 'apps.feedbacks.dislike') }}
                <time
                  class="oa-caption oa-muted"
                  [attr.datetime]="one.created_at"
                  [title]="formats.moment(one.created_at)"
                  >{{ formats.ago(one.created_at) }}</time
                >
              </p>
              @if (one.comment) {
                <p>{{ one.comment }}</p>
              }
              <p class="asked">{{ one.query }}</p>
              <p class="oa-muted answer">{{ one.answer }}</p>
            </li>
          }
        </ul>
        @if (found.total > 0) {
          <oa-page-bar [total]="found.total" [(page)]="page" />
        }
      } @else {
        <oa-state kind="loading" [rows]="5" />
      }
    </ng-container>
  `,
  styles: `
    :host,
    ul {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-3);
      max-width: 960px;
    }

    li {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-2);
      padding: var(--oa-space-4);
      overflow-wrap: anywhere;
    }

    .rating {
      display: flex;
      align-items: center;
      gap: var(--oa-space-2);
      color: var(--oa-success);
      font: var(--oa-control);
      font-weight: 500;
    }

    .bad {
      color: var(--oa-danger);
    }

    .answer {
      display: -webkit-box;
      overflow: hidden;
      font: var(--oa-control);
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 3;
    }

    .asked {
      font-weight: 500;
    }
  `,
})
export class DifyAppFeedbacks {
  private readonly client = inject(AnnotationClient);
  protected readonly formats = inject(Formats);
  readonly app = input.required<AppDto>();
  protected readonly page = signal(0);
  protected readonly list = this.client.feedbacks(() => this.app().id, this.page);
  protected readonly problem = computed(() => {
    const error = this.list.error();
    return error ? toProblem(error) : null;
  });
}
