import { DomainError } from '../../platform/errors/domain-error.js';

/** No such request, or not one that the asker may see. */
export class ApprovalNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'approval/not-found';
  constructor() {
    super('There is no such request for approval.');
  }
}

/** What was shown to whoever decides is not what would be done. */
export class ApprovalChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'approval/changed';
  constructor() {
    super('The call is not the one that was shown. Look at it again before you decide.');
  }
}

/** Somebody was faster, or the time is over. */
export class ApprovalDecided extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'approval/decided';
  constructor(state: string, by: string | null) {
    super(by === null ? `This request cannot be decided any more: it is ${state}.` : `${by} has decided: ${state}.`);
  }
}

/** The policy wants another person. */
export class ApproverIsRequester extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'approval/own-request';
  constructor() {
    super('Your own question led to this call: somebody else has to approve it.');
  }
}

/** Only an outcome that nobody knows is acknowledged. */
export class OutcomeIsKnown extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'approval/outcome-known';
  constructor() {
    super('The outcome of this call is not unknown, or somebody has acknowledged it.');
  }
}

/** The process died, or the turn was stopped, while an action was under way. */
export class OutcomeUnknown extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'approval/outcome-unknown';
  constructor(action: string) {
    super(
      `The server was stopped while this was being done: ${action}. Nobody knows how far it came; look before you ask again.`,
    );
  }
}
