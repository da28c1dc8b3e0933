// The contract's classes need it; it has to be the first import.
import '../shared/data/no-metadata.js';
import { type SchemaPathTree, validate } from '@angular/forms/signals';
import { CreateLlmConfigDto, type LlmConfigDto, type ProviderDto } from '@opsagent/contracts';
import { validateDto } from '../shared/data/form-rules.js';
import { createInput, type LlmConfigDraft, parseExtra } from './llm-config-draft.js';
import { settingErrors } from './settings/settings.js';

/** What the rules have to know besides the draft. */
export interface RuleContext {
  /** The chosen provider, once the list of providers is there. */
  provider(): ProviderDto | undefined;
  /** The stored configuration, when one is edited. */
  loaded(): LlmConfigDto | null;
}

/** The contract's own rules, and what only the provider's description can say. */
export function llmConfigRules(path: SchemaPathTree<LlmConfigDraft>, context: RuleContext): void {
  validateDto(path, CreateLlmConfigDto, createInput);
  validate(path.extra_config, ({ value }) => {
    if (parseExtra(value()) === undefined) return { kind: 'json' };
    return settingErrors(value()).size > 0 ? { kind: 'other' } : undefined;
  });
  // The field itself says so.
  validate(path.access, ({ value, valueOf }) =>
    value().scope !== 'all' && valueOf(path.is_default) ? { kind: 'other' } : undefined,
  );
  validate(path.base_url, ({ value }) => {
    const isNeeded = context.provider()?.default_base_url === null;
    return isNeeded && value().trim() === '' ? { kind: 'required' } : undefined;
  });
  validate(path.api_key, ({ value, valueOf }) => {
    const isKept =
      keepsKey(context.loaded(), valueOf(path.provider), valueOf(path.base_url)) && !valueOf(path.clear_api_key);
    const isNeeded = context.provider()?.key_required === true && !isKept;
    return isNeeded && value().trim() === '' ? { kind: 'required' } : undefined;
  });
}

/** A stored key stays only with its provider and its server: it is never sent to another one. */
export function keepsKey(loaded: LlmConfigDto | null, provider: string, baseUrl: string): boolean {
  if (!loaded?.has_api_key) return false;
  return loaded.provider === provider && originOf(loaded.base_url ?? '') === originOf(baseUrl);
}

function originOf(url: string): string {
  return URL.canParse(url.trim()) ? new URL(url.trim()).origin : url.trim();
}
