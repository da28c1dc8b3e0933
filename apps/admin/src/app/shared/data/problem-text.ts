import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { FaultKind } from '@opsagent/contracts';
import type { Problem } from './problem.js';

/** A fault in the reader's language: what happened, why, and what to do about it. */
export interface FaultText {
  readonly title: string;
  readonly cause: string;
  readonly action: string;
}

/** The one catalogue of errors: from a server's code or a fault's kind to words a person can act on. */
@Service()
export class ProblemText {
  private readonly transloco = inject(TranslocoService);

  /** What the catalogue knows about the code; else what it knows about the status, with the server's own sentence. */
  of(problem: Problem): FaultText {
    if (this.knows(`errors.${problem.code}`)) return this.entry(`errors.${problem.code}`);
    const fault = `faults.${problem.code.replace(/^model\//, '').replaceAll('-', '_')}`;
    if (problem.code.startsWith('model/') && this.knows(fault)) return this.entry(fault);
    const general = this.entry(`errors.${statusKey(problem.status)}`);
    return { ...general, cause: problem.detail || general.cause };
  }

  /** One line, for toasts and small places. */
  line(problem: Problem): string {
    const { title, cause } = this.of(problem);
    return this.transloco.translate('errors.line', { title, cause });
  }

  /** The cause of a code that stands without its problem; null when the catalogue does not know it. */
  causeOf(code: string): string | null {
    return this.knows(`errors.${code}`) ? this.entry(`errors.${code}`).cause : null;
  }

  /** A failed turn or test. */
  ofFault(kind: FaultKind): FaultText {
    return this.entry(`faults.${kind}`);
  }

  private entry(key: string): FaultText {
    const text = (part: string): string => this.transloco.translate(`${key}.${part}`);
    return { title: text('title'), cause: text('cause'), action: text('action') };
  }

  private knows(key: string): boolean {
    return `${key}.title` in this.transloco.getTranslation(this.transloco.getActiveLang());
  }
}

/** The catalogue's entry for a status whose code it does not know. */
function statusKey(status: number): string {
  if (status === 0) return 'unexpected';
  const own = [400, 401, 403, 404, 409, 413, 422, 429, 503].includes(status);
  if (own) return `http-${status}`;
  return status >= 500 ? 'http-500' : 'http-400';
}
