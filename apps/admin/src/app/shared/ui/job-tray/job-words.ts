import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { JobDto, JobItemDto, JobItemState, JobKind } from '@opsagent/contracts';
import { ProblemText } from '../../data/problem-text.js';
import { Formats } from '../../i18n/formats.js';

/** In the order in which a result is told. */
const STATES: readonly JobItemState[] = ['passed', 'failed', 'skipped', 'waiting'];

/** Kinds of work that are named alike whatever their action is: that of an import is whose file it was. */
const NAMED: Partial<Record<JobKind, string>> = { llm_config_import: 'import', annotation_reply: 'annotations' };

/** A job in the reader's words. */
@Service()
export class JobWords {
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly formats = inject(Formats);

  title({ kind, action, total, undo_of }: JobDto): string {
    const work = undo_of ? 'undo' : (NAMED[kind] ?? action);
    return this.transloco.translate(`jobs.title.${work}`, { count: this.formats.number(total) });
  }

  /** How many came to which end: “成功 3 · 失败 1”. */
  result(job: JobDto): string {
    const parts = STATES.flatMap((state) => {
      const count = job.items.filter((item) => item.state === state).length;
      return count > 0
        ? [this.transloco.translate<string>(`jobs.sum.${state}`, { count: this.formats.number(count) })]
        : [];
    });
    return parts.join(' · ');
  }

  /** Why one failed: as the catalogue or the ladder of tests says it where they know the code, else the server's words. */
  reason({ state, detail, code }: JobItemDto): string {
    if (state !== 'failed') return '';
    const test = /^test\/(.+)/.exec(code ?? '')?.[1];
    return (test ? this.testReason(test) : this.problemText.causeOf(code ?? '')) ?? detail ?? code ?? '';
  }

  news(job: JobDto): string {
    return this.transloco.translate('jobs.news', { title: this.title(job), result: job.error ?? this.result(job) });
  }

  private testReason(cause: string): string | null {
    const known = this.transloco.getTranslation(this.transloco.getActiveLang());
    const key = [`test.cause.${cause}.title`, `faults.${cause}.title`].find((entry) => entry in known);
    return key ? this.transloco.translate(key) : null;
  }
}
