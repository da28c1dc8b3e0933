import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { FoundSectionDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';

/** Sections that were found, the best first. */
@Component({
  selector: 'oa-found-list',
  imports: [RouterLink, TranslocoDirective],
  template: `
    <ol *transloco="let t">
      @for (section of sections(); track $index) {
        <li class="oa-card">
          <h2>
            <a [routerLink]="['/runbooks', section.runbook_id]">{{ section.title }}</a>
            @for (heading of section.path; track $index) {
              <span class="oa-muted"><span aria-hidden="true">› </span>{{ heading }}</span>
            }
          </h2>
          <p>
            @for (piece of section.snippet; track $index) {
              @if (piece.is_match) {
                <mark>{{ piece.text }}</mark>
              } @else {
                <ng-container>{{ piece.text }}</ng-container>
              }
            }
          </p>
          <p class="oa-caption oa-muted facts">
            @if (!section.is_active) {
              <span class="oa-chip">{{ t('runbooks.state.off') }}</span>
            }
            @for (tag of section.tags; track tag) {
              <span class="oa-chip">{{ tag }}</span>
            }
            <time [attr.datetime]="section.updated_at" [title]="formats.moment(section.updated_at)">{{
              t('runbooks.updated', { ago: formats.ago(section.updated_at) })
            }}</time>
          </p>
        </li>
      }
    </ol>
  `,
  styles: `
    ol {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-3);
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-2);
      padding: var(--oa-space-4) var(--oa-space-5);
      overflow-wrap: anywhere;
    }

    h2 {
      display: flex;
      flex-wrap: wrap;
      gap: var(--oa-space-2);
      font: var(--oa-body);
      font-weight: 600;
    }

    h2 span {
      font-weight: 400;
    }

    mark {
      border-radius: 2px;
      background: var(--oa-primary-soft);
      color: inherit;
      font-weight: 600;
    }

    .facts {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--oa-space-2);
    }
  `,
})
export class FoundList {
  protected readonly formats = inject(Formats);
  readonly sections = input.required<readonly FoundSectionDto[]>();
}
