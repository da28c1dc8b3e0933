import { failedBy } from '../../platform/jobs/job-failure.js';
import type { JobOutcome } from '../../platform/jobs/job-work.js';

/** The configuration is as it was wanted already: the message says how. */
export class AlreadySo extends Error {}

/** What comes of a configuration that is left as it is. */
export function leftBy(error: unknown): JobOutcome {
  return error instanceof AlreadySo ? { state: 'skipped', detail: error.message } : failedBy(error);
}
