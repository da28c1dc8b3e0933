import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AuditEntryDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { AuditWords } from '../audit-words.js';

/** An entry as a plain sentence: who did what to what. */
@Component({
  selector: 'oa-sentence',
  imports: [RouterLink, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (isLink()) {
        <a [routerLink]="['/audit', entry().seq]" [title]="plain()" queryParamsHandling="preserve"
          ><b>{{ words.actor(entry()) }}</b> {{ words.deed(entry()) }} <b>{{ entry().target_name }}</b></a
        >
      } @else {
        <b>{{ words.actor(entry()) }}</b> {{ words.deed(entry()) }} <b>{{ entry().target_name }}</b>
      }
      @if (words.attempts(entry()); as count) {
        <span class="oa-chip">{{ t('audit.times', { count: formats.number(count) }) }}</span>
      }
    </ng-container>
  `,
  styles: `
    :host {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
    }

    b {
      font-weight: 500;
    }

    a {
      color: var(--oa-text);
      text-decoration: none;
    }

    a:hover {
      color: var(--oa-primary);
      text-decoration: underline;
    }

    a:focus-visible {
      outline-offset: -2px;
    }
  `,
})
export class Sentence {
  protected readonly words = inject(AuditWords);
  protected readonly formats = inject(Formats);
  readonly entry = input.required<AuditEntryDto>();
  /** Whether it opens the entry. */
  readonly isLink = input(false);

  protected plain(): string {
    const entry = this.entry();
    return [this.words.actor(entry), this.words.deed(entry), entry.target_name ?? ''].join(' ').trim();
  }
}
