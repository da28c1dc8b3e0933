import { DomainError } from '../../platform/errors/domain-error.js';
import type { WithMembers } from '../../platform/errors/problem.js';

/** A file that cannot be read as configurations. */
export class ImportUnreadable extends DomainError implements WithMembers {
  readonly kind = 'invalid';
  readonly code = 'llm-config/import-unreadable';
  /** Where, from 1, beside the error. */
  readonly members: { readonly line?: number };

  /** `because` completes the sentence `The file …`. */
  constructor(because: string, line: number | null = null) {
    super(line === null ? `The file ${because}.` : `The file ${because} (line ${line}).`);
    this.members = line === null ? {} : { line };
  }
}

/** The import would do something else than the plan that was looked at. */
export class ImportPlanChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'llm-config/import-changed';

  constructor() {
    super(
      'The configurations changed since the plan was made, or the file is another one: look at the new plan first.',
    );
  }
}
