import { DomainError } from '../../platform/errors/domain-error.js';

/** There is no template of that id that could be deleted. */
export class TemplateNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'llm-config-template/not-found';

  constructor(id: string) {
    super(`There is no template "${id}".`);
  }
}

/** Another template has that name, in whatever case. */
export class TemplateNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'llm-config-template/name-taken';

  constructor(name: string) {
    super(`A template named "${name}" exists already.`);
  }
}

/** There are as many templates as a list can show. */
export class TooManyTemplates extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'llm-config-template/too-many';

  constructor(most: number) {
    super(`There are ${most} templates, which is as many as there may be: delete one first.`);
  }
}

/** Only an administrator or whoever keeps the template may delete it. */
export class NotYourTemplate extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'llm-config-template/not-yours';

  constructor(name: string) {
    super(`Only an administrator or its creator may delete the template "${name}".`);
  }
}
