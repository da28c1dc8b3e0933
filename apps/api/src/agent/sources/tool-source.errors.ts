import type { ToolSourceDto } from '@opsagent/contracts';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { WithMembers } from '../../platform/errors/problem.js';

/** There is no source of that id. */
export class ToolSourceNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'tool-source/not-found';

  constructor(id: string) {
    super(`There is no source "${id}".`);
  }
}

/** Another source has that name. */
export class ToolSourceNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'tool-source/name-taken';

  constructor(name: string) {
    super(`There is a source named "${name}" already.`);
  }
}

/** The source was changed since the caller read it. */
export class ToolSourceChanged extends DomainError implements WithMembers {
  readonly kind = 'conflict';
  readonly code = 'tool-source/changed';

  /** The source as it is now stands beside the error. */
  readonly members: { readonly current: ToolSourceDto };

  constructor(current: ToolSourceDto) {
    super(`The source "${current.name}" was changed by someone else since you read it.`);
    this.members = { current };
  }
}
