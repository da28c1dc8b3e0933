import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto, SetLlmConfigAccessDto } from '@opsagent/contracts';
import type { AccessDraft } from './access-draft.js';
import { LlmConfigList } from './llm-config-list.js';

/** The text key of each field's name. */
export const FIELD_LABELS: Readonly<Record<string, string>> = {
  name: 'configs.form.name',
  provider: 'configs.form.provider',
  model_name: 'configs.form.model',
  base_url: 'configs.form.baseUrl',
  api_key: 'configs.form.key',
  description: 'configs.form.description',
  tags: 'configs.drawer.tags.label',
  is_active: 'configs.form.isActive',
  is_default: 'configs.isDefault',
  is_embedding: 'configs.kind.embedding',
  max_tokens: 'configs.form.maxTokens',
  temperature: 'configs.form.temperature',
  top_p: 'configs.form.topP',
  frequency_penalty: 'configs.form.frequencyPenalty',
  presence_penalty: 'configs.form.presencePenalty',
  fallback_ids: 'configs.drawer.fallbacks.label',
  // An import names them.
  fallbacks: 'configs.drawer.fallbacks.label',
  access: 'configs.drawer.access.label',
  extra_config: 'configs.form.extra',
  secret_headers: 'configs.drawer.secretHeaders',
};

/** Those of the further settings that have a field of their own. */
const SETTING_LABELS: Readonly<Record<string, string>> = {
  thinking: 'configs.drawer.thinking.label',
  reasoning_effort: 'configs.drawer.thinking.effort',
  thinking_budget: 'configs.drawer.thinking.budget',
  context_window: 'configs.drawer.limits.context',
  num_ctx: 'configs.drawer.limits.numCtx',
  dimensions: 'configs.drawer.limits.dimensions',
  batch_size: 'configs.drawer.limits.batch',
  price: 'configs.drawer.limits.price',
};

/** Of these only whether they are stored and changed is ever told. */
export const SECRET_FIELDS: readonly string[] = ['api_key', 'secret_headers'];

/** Fields and their values as a reader knows them: names for ids, words for marks. */
@Service()
export class LlmConfigWords {
  private readonly transloco = inject(TranslocoService);
  private readonly list = inject(LlmConfigList);

  /** @param field may name one of the further settings: `extra_config.thinking` */
  label(field: string): string {
    const [name, setting] = field.split('.');
    const label = setting === undefined ? FIELD_LABELS[name] : SETTING_LABELS[setting];
    return label ? this.transloco.translate(label) : (setting ?? name);
  }

  value(field: string, value: unknown): string {
    if (field === 'access') return this.access(value as Partial<SetLlmConfigAccessDto> | null);
    if (value === null || value === undefined || value === '') return '–';
    if (typeof value === 'string') return this.words(field, value);
    if (field === 'fallback_ids' && Array.isArray(value)) return value.map((id) => this.nameOf(id)).join(' → ') || '–';
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join('、') || '–';
    if (typeof value === 'boolean') return this.transloco.translate(value ? 'configs.drawer.yes' : 'configs.drawer.no');
    return JSON.stringify(value);
  }

  /** In short: people are counted, also those who are not told by name. */
  accessOf({ scope, roles, emails }: AccessDraft, loaded: LlmConfigDto | null): string {
    const { access, access_emails = [] } = loaded?.details ?? {};
    const hidden = access_emails.length > 0 ? [] : (access?.user_ids ?? []);
    return this.access({ scope, roles: [...roles], user_ids: [...emails, ...hidden] });
  }

  /** Null stands for everybody. */
  private access(access: Partial<SetLlmConfigAccessDto> | null): string {
    const { scope = 'all', roles = [], user_ids = [], user_emails = [] } = access ?? {};
    if (scope === 'all') return this.transloco.translate('configs.drawer.access.scope.all');
    const names = scope === 'roles' ? roles.map((role) => this.transloco.translate(`roles.${role}`)) : user_emails;
    if (names.length > 0) return names.join(this.transloco.translate('configs.drawer.impact.and'));
    const count = scope === 'users' ? user_ids.length : 0;
    return count > 0 ? this.transloco.translate('configs.drawer.access.count', { count }) : this.nobody();
  }

  private nobody(): string {
    return this.transloco.translate('configs.drawer.access.nobodyElse');
  }

  private words(field: string, value: string): string {
    if (SECRET_FIELDS.includes(field)) return this.transloco.translate(`configs.drawer.keyState.${value}`);
    return field === 'provider' ? this.transloco.translate(`providers.${value}`) : value;
  }

  /** A configuration that is gone has no name any more. */
  private nameOf(id: unknown): string {
    const known = this.list.configs()?.find((config) => config.id === id);
    return known?.name ?? this.transloco.translate('configs.drawer.fallbacks.gone');
  }
}
