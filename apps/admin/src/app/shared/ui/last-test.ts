import { Component, inject, input } from '@angular/core';
import { Formats } from '../i18n/formats.js';
import { Icon } from './icon/icon.js';

/** What is told of a test of something that the agent reaches. */
export interface ToldTest {
  readonly ok: boolean;
  readonly detail: string;
  readonly ms: number;
  readonly tested_at: string;
}

/** How a test ended, in a word, and what the other side said about itself, or why it did not, in the server's own words. */
@Component({
  selector: 'oa-last-test',
  imports: [Icon],
  template: `
    @if (test(); as test) {
      <span class="result" [class.ok]="test.ok">
        <svg [oaIcon]="test.ok ? 'circle-check' : 'circle-x'" size="14"></svg>
        <span>{{ word() }}</span>
        <span class="oa-muted">
          {{ formats.duration(test.ms) }} ·
          <time [attr.datetime]="test.tested_at" [title]="formats.moment(test.tested_at)">{{
            formats.ago(test.tested_at)
          }}</time>
        </span>
      </span>
      <span class="oa-caption oa-muted" lang="en">{{ test.detail }}</span>
    } @else {
      <span class="oa-muted">{{ word() }}</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 2px;
      min-width: 0;
      overflow-wrap: anywhere;
    }

    .result {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--oa-space-2);
      color: var(--oa-danger);
    }

    .result.ok {
      color: var(--oa-success);
    }
  `,
})
export class LastTest {
  protected readonly formats = inject(Formats);
  readonly test = input.required<ToldTest | null>();
  /** How it ended, or that there was none. */
  readonly word = input.required<string>();
}
