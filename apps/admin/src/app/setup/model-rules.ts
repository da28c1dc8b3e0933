// The contract's classes need it; it has to be the first import.
import '../shared/data/no-metadata.js';
import { type SchemaPathTree, validate } from '@angular/forms/signals';
import { CreateLlmConfigDto, type ProviderDto } from '@opsagent/contracts';
import { validateDto } from '../shared/data/form-rules.js';
import { inputOf, type ModelDraft } from './setup-draft.js';

/** The contract's own rules, and what only the provider's description can say. */
export function modelRules(path: SchemaPathTree<ModelDraft>, provider: () => ProviderDto | undefined): void {
  validateDto<ModelDraft>(path, CreateLlmConfigDto, (draft) => inputOf(draft, draft.provider));
  validate(path.base_url, ({ value }) => {
    const isNeeded = provider()?.default_base_url === null;
    return isNeeded && value().trim() === '' ? { kind: 'required' } : undefined;
  });
  validate(path.api_key, ({ value }) => {
    const isNeeded = provider()?.key_required === true;
    return isNeeded && value().trim() === '' ? { kind: 'required' } : undefined;
  });
}
