import type { JobDto } from '@opsagent/contracts';

/** How a job can be started again for some of its items: the same request with other ids. */
export interface JobRequest {
  readonly url: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A job that this tab looks after. */
export interface FollowedJob {
  readonly id: string;
  /** Null until it has been read after a reload of the page. */
  readonly job: JobDto | null;
  /** Null where failed items cannot be tried again. */
  readonly request: JobRequest | null;
  /** It ended while it was watched, and nobody has been told yet. */
  readonly isNews: boolean;
}

const KEY = 'oa.jobs';

/** The jobs that this tab looked after before the page was loaded anew. */
export function keptJobs(): readonly FollowedJob[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept).map((entry) => ({ ...entry, job: null, isNews: false })) : [];
  } catch (cause) {
    if (cause instanceof DOMException || cause instanceof SyntaxError) return [];
    throw cause;
  }
}

/** Keeps which jobs are looked after, not their items: these are the server's. */
export function keepJobs(jobs: readonly FollowedJob[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(jobs.map(({ id, request }) => ({ id, request }))));
  } catch (cause) {
    // Where storage is closed to us, a reload forgets them; the work goes on all the same.
    if (!(cause instanceof DOMException)) throw cause;
  }
}

function isKept(entry: unknown): entry is Pick<FollowedJob, 'id' | 'request'> {
  return (
    typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string' && 'request' in entry
  );
}
