import type { LimitFigureDto, LimitKind } from '@opsagent/contracts';
import { RateLimited } from '../errors/http.errors.js';
import type { WithMembers } from '../errors/problem.js';

/** Which limit is reached, in the wire's names. */
export type ReachedLimit = Pick<LimitFigureDto, 'name' | 'most' | 'used' | 'currency' | 'resets_at'> & {
  kind: LimitKind;
};

const WHOSE: Record<LimitKind, string> = {
  app: 'This app',
  app_key: 'This key',
  user: 'Your account',
  role: 'Your account',
  llm_config: 'This model configuration',
};

/** A limit that an administrator set is reached. */
abstract class LimitReached extends RateLimited implements WithMembers {
  constructor(
    private readonly reached: ReachedLimit,
    message: string,
    retryAfterSeconds: number,
  ) {
    super(`${WHOSE[reached.kind]} ${message}`, retryAfterSeconds);
  }

  get members(): Readonly<Record<string, unknown>> {
    const { resets_at, ...limit } = this.reached;
    return { limit, resets_at };
  }
}

/** More requests a minute than are allowed. */
export class TooManyRequests extends LimitReached {
  readonly code = 'limits/too-many-requests';

  constructor(reached: ReachedLimit, retryAfterSeconds: number) {
    const { most } = reached;
    super(reached, `may send ${most} requests a minute. Try again in ${retryAfterSeconds} seconds.`, retryAfterSeconds);
  }
}

/** More answers at the same time than are allowed. */
export class TooManyRuns extends LimitReached {
  readonly code = 'limits/too-many-runs';

  constructor(reached: ReachedLimit) {
    super(reached, `may have ${reached.most} answers made at the same time. Try again when one has ended.`, 2);
  }
}

/** What there was to spend is spent. */
export class BudgetSpent extends LimitReached {
  readonly code = 'limits/budget-spent';

  constructor(reached: ReachedLimit, retryAfterSeconds: number) {
    const of = reached.name.endsWith('day') ? 'day' : 'month';
    const amount = `${reached.most} ${reached.currency ?? 'tokens'}`;
    super(reached, `has spent its ${amount} of this ${of}. It resets at ${reached.resets_at}.`, retryAfterSeconds);
  }
}
