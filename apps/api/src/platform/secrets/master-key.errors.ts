import { DomainError } from '../errors/domain-error.js';

/** The key is set in the environment, and no newer one is there to go over to. */
export class NoNewMasterKey extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'master-key/no-new-key';

  constructor() {
    super(
      'There is no new master key: start every process with the new key in OPSAGENT_MASTER_KEY and the present one in OPSAGENT_MASTER_KEY_PREVIOUS first.',
    );
  }
}
