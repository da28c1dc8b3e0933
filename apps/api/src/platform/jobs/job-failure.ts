import { Logger } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import { problemOf } from '../errors/problem.js';
import type { JobOutcome } from './job-work.js';

const logger = new Logger('JobFailure');

/** What an item comes to by an error: its sentence, or, for one nobody foresaw, no word of its inside. */
export function failedBy(error: unknown): JobOutcome {
  if (!(error instanceof DomainError)) logger.error(error, error instanceof Error ? error.stack : undefined);
  const { detail, code } = problemOf(error, undefined);
  return { state: 'failed', detail, code };
}
