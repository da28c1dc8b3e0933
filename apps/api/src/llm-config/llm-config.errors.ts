import type { LlmConfigDto } from '@opsagent/contracts';
import { DomainError } from '../platform/errors/domain-error.js';
import { RateLimited } from '../platform/errors/http.errors.js';
import type { WithMembers } from '../platform/errors/problem.js';

/** There is no configuration of that id. */
export class LlmConfigNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'llm-config/not-found';

  constructor(id: string) {
    super(`There is no model configuration "${id}".`);
  }
}

/** The configuration exists but cannot be used for what was asked; the message names it and says why. */
export class LlmConfigNotUsable extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'llm-config/not-usable';

  /** `because` completes the sentence `The model configuration "main" …`. */
  constructor(name: string, because: string, options?: ErrorOptions) {
    super(`The model configuration "${name}" ${because}.`, options);
  }
}

/** The conversation is bound to a configuration that its owner may not use any more. */
export class LlmConfigNotForYou extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'llm-config/not-for-you';

  constructor() {
    super('You may no longer use the model configuration of this conversation: choose another one.');
  }
}

/** Nothing was chosen and nothing is the default. */
export class NoDefaultLlmConfig extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'llm-config/no-default';

  constructor(kindOfModel: 'chat' | 'embedding' = 'chat') {
    super(`No default ${kindOfModel} model is set up: choose a model configuration or make one the default.`);
  }
}

/** The default was asked for as a thing of its own, and there is none. */
export class DefaultLlmConfigNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'llm-config/no-default';

  constructor(kindOfModel: 'chat' | 'embedding') {
    super(`There is no default ${kindOfModel} model configuration.`);
  }
}

/** Another configuration has that name, in whatever case. */
export class LlmConfigNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'llm-config/name-taken';

  constructor(name: string) {
    super(`A model configuration named "${name}" exists already.`);
  }
}

/** Deleting it would take something away from those who use it. */
export class LlmConfigInUse extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'llm-config/in-use';

  constructor(name: string, uses: string) {
    super(`The model configuration "${name}" is in use: it is ${uses}. Delete it with force=true to do so anyway.`);
  }
}

/** The configuration was changed since the caller read it. */
export class LlmConfigChanged extends DomainError implements WithMembers {
  readonly kind = 'conflict';
  readonly code = 'llm-config/changed';

  /** The configuration as it is now stands beside the error. */
  readonly members: { readonly current: LlmConfigDto };

  constructor(current: LlmConfigDto) {
    super(`The model configuration "${current.name}" was changed by someone else since you read it.`);
    this.members = { current };
  }
}

/** Whoever asks has begun as many tests as they may for now. */
export class TooManyTests extends RateLimited {
  readonly code = 'llm-config/too-many-tests';

  constructor(most: number, retryAfterSeconds: number) {
    super(`You have begun ${most} tests within a minute: wait ${retryAfterSeconds} seconds.`, retryAfterSeconds);
  }
}

/** What was to be put back is no longer what was changed then. */
export class LlmConfigChangedSince extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'llm-config/changed-since';

  /** `what` in the plural. */
  constructor(name: string, what: string) {
    super(`The ${what} of the model configuration "${name}" were changed since.`);
  }
}

/** The configuration has no revision of that id. */
export class RevisionNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'llm-config/revision-not-found';

  constructor(id: string) {
    super(`The model configuration has no revision "${id}".`);
  }
}

/** Only an administrator or whoever created the configuration may change it. */
export class NotYourLlmConfig extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'llm-config/not-yours';

  constructor(name: string) {
    super(`Only an administrator or its creator may change the model configuration "${name}".`);
  }
}

/** There is no provider of that id. */
export class ProviderNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'provider/not-found';

  constructor(id: string) {
    super(`There is no provider "${id.slice(0, 50)}".`);
  }
}

/** The provider answered, but has no list of its models at that address. */
export class NoModelList extends DomainError {
  readonly kind = 'upstream';
  readonly code = 'provider/no-model-list';

  /** @param isExpected the provider is known to have one, so that the address is to blame */
  constructor(provider: string, baseUrl: string, isExpected: boolean, options?: ErrorOptions) {
    const advice = isExpected ? 'Check the address, or enter' : 'Enter';
    super(`${provider} has no list of models at ${baseUrl}. ${advice} the name of the model yourself.`, options);
  }
}
