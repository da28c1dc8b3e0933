import { WordList, OneOf, TextList } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';
import { ROLE, type Role } from '../identity/role.js';

/** Who may use a configuration. Administrators and whoever created it always may. */
export const LLM_CONFIG_ACCESS_SCOPE = oneOfSet('LlmConfigAccessScope', ['all', 'roles', 'users']);
export type LlmConfigAccessScope = ValueOf<typeof LLM_CONFIG_ACCESS_SCOPE>;

/** Who may use a configuration besides administrators and whoever created it. */
export class LlmConfigAccessDto {
  @OneOf(LLM_CONFIG_ACCESS_SCOPE, { description: 'Everybody, whoever has one of `roles`, or those of `user_ids`.' })
  scope!: LlmConfigAccessScope;

  @WordList(ROLE, { description: 'Exactly these roles; empty unless the scope is `roles`.' })
  roles!: Role[];

  @TextList({ format: 'uuid', description: 'These users; empty unless the scope is `users`.' })
  user_ids!: string[];
}

/** What a caller sends to say who may use a configuration; replaces what was said before. */
export class SetLlmConfigAccessDto {
  @OneOf(LLM_CONFIG_ACCESS_SCOPE, { description: 'Everybody, whoever has one of `roles`, or those of `user_ids`.' })
  scope!: LlmConfigAccessScope;

  @WordList(ROLE, { optional: true, description: 'Exactly these roles; counts with the scope `roles`.' })
  roles?: Role[];

  @TextList({
    format: 'uuid',
    optional: true,
    description: 'These users; counts with the scope `users`. At most 1000 with those of `user_emails`.',
  })
  user_ids?: string[];

  @TextList({ optional: true, description: 'And those with these e-mail addresses.' })
  user_emails?: string[];
}
