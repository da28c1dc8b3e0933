import { failedBy } from '../../platform/jobs/job-failure.js';
import type { JobOutcome } from '../../platform/jobs/job-work.js';

/** The configuration is as it was wanted already: the message says how. */
export class AlreadySo extends Error {}

/** What comes of one configuration among others: its error is its own. */
export async function outcomeOf(work: () => Promise<JobOutcome>): Promise<JobOutcome> {
  try {
    return await work();
  } catch (error) {
    return error instanceof AlreadySo ? { state: 'skipped', detail: error.message } : failedBy(error);
  }
}
