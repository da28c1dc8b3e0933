import { Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigTestListDto, LlmConfigTestRecordDto } from '@opsagent/contracts';
import { ProblemText } from '../../data/problem-text.js';
import { Formats } from '../../i18n/formats.js';
import { Language } from '../../i18n/language.js';

/** No bar is lower than this part of the highest, so that a quick test is still seen. */
const LOWEST = 0.15;

/** The last tests as bars, oldest first: as high as the first token was late, a failed one marked; a list for whoever cannot see bars. */
@Component({
  selector: 'oa-test-history',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (bars().length > 0) {
        <figure>
          <figcaption class="oa-caption oa-muted">{{ t('test.history', { count: bars().length }) }}</figcaption>
          <ul>
            @for (bar of bars(); track bar.id) {
              <li [class.failed]="bar.isFailed" [title]="bar.text" [style.--height]="bar.height">
                <span class="oa-hidden">{{ bar.text }}</span>
              </li>
            }
          </ul>
        </figure>
      } @else {
        <p class="oa-caption oa-muted">{{ t('test.historyNone') }}</p>
      }
    </ng-container>
  `,
  styles: `
    figure {
      margin: 0;
    }

    ul {
      display: flex;
      align-items: end;
      gap: 3px;
      height: 40px;
      margin: var(--oa-space-2) 0 0;
      padding: 0;
      list-style: none;
    }

    li {
      width: 8px;
      height: calc(var(--height) * 100%);
      border-radius: 2px 2px 0 0;
      background: var(--oa-success);
    }

    .failed {
      border: 2px solid var(--oa-danger);
      background: none;
    }
  `,
})
export class TestHistory {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly problemText = inject(ProblemText);
  private readonly formats = inject(Formats);
  readonly tests = input.required<LlmConfigTestListDto>();

  protected readonly bars = computed(() => {
    this.language.active();
    const tests = [...this.tests().items].reverse();
    const slowest = Math.max(1, ...tests.map(millisecondsOf));
    return tests.map((test) => ({
      id: test.id,
      isFailed: !test.success,
      height: test.success ? Math.max(LOWEST, millisecondsOf(test) / slowest) : 1,
      text: this.textOf(test),
    }));
  });

  private textOf(test: LlmConfigTestRecordDto): string {
    const at = this.formats.moment(test.at);
    const time = this.formats.duration(millisecondsOf(test));
    if (test.success) return this.transloco.translate('test.historyPassed', { at, time });
    const { title } = this.problemText.ofFault(test.kind ?? 'internal');
    return this.transloco.translate('test.historyFailed', { at, title });
  }
}

function millisecondsOf({ first_token_ms, latency_ms }: LlmConfigTestRecordDto): number {
  return first_token_ms ?? latency_ms;
}
