import { Component, computed, inject, input } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { LastTestDto } from '@opsagent/contracts';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Language } from '../../shared/i18n/language.js';

/** How the last test ended: a word beside its dot, until the first token, and how long ago. */
@Component({
  selector: 'oa-last-test',
  template: `
    <span class="result" [class.failed]="!test().success" [title]="result()">{{ result() }}</span>
    <time class="oa-muted" [attr.datetime]="test().at" [title]="formats.moment(test().at)">{{
      formats.ago(test().at)
    }}</time>
  `,
  styles: `
    :host {
      display: flex;
      gap: var(--oa-space-3);
      min-width: 0;
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }

    .result {
      min-width: 0;
      overflow: hidden;
      color: var(--oa-success);
      text-overflow: ellipsis;
    }

    .result::before {
      content: '';
      display: inline-block;
      width: 8px;
      height: 8px;
      margin-inline-end: 6px;
      border: 2px solid currentcolor;
      border-radius: 50%;
      background: currentcolor;
    }

    .failed {
      color: var(--oa-danger);
    }

    .failed::before {
      background: none;
    }
  `,
})
export class LastTest {
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly language = inject(Language);
  protected readonly formats = inject(Formats);
  readonly test = input.required<LastTestDto>();

  protected readonly result = computed(() => {
    this.language.active();
    const test = this.test();
    if (!test.success) return this.problemText.ofFault(test.kind ?? 'internal').title;
    const time = test.first_token_ms === null ? '' : this.formats.duration(test.first_token_ms);
    return `${this.transloco.translate('configs.passed')} ${time}`.trim();
  });
}
