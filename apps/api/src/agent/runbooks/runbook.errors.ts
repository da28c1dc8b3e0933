import type { RunbookDto } from '@opsagent/contracts';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { WithMembers } from '../../platform/errors/problem.js';

/** There is no runbook of that id. */
export class RunbookNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'runbook/not-found';

  constructor(id: string) {
    super(`There is no runbook "${id}".`);
  }
}

/** Another runbook came from that file since. */
export class RunbookImportedAgain extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'runbook/imported-again';

  constructor(name: string) {
    super(`There is another runbook from the file "${name}" now.`);
  }
}

/** The runbook was changed since the caller read it. */
export class RunbookChanged extends DomainError implements WithMembers {
  readonly kind = 'conflict';
  readonly code = 'runbook/changed';

  /** The runbook as it is now stands beside the error. */
  readonly members: { readonly current: RunbookDto };

  constructor(current: RunbookDto) {
    super(`The runbook "${current.title}" was changed by someone else since you read it.`);
    this.members = { current };
  }
}
