import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CreateLlmConfigTemplateDto, LlmConfigTemplateDto, LlmConfigTemplateListDto } from '@opsagent/contracts';
import { CurrentActor } from '../../platform/actor/current-actor.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import { LlmConfigAccess } from '../access/llm-config-access.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { OwnAddress } from '../own-address.js';
import { BUILT_IN_TEMPLATES } from './built-in-templates.js';
import type { LlmConfigTemplate } from './llm-config-template.entity.js';
import { NotYourTemplate, TemplateNotFound, TooManyTemplates } from './llm-config-template.errors.js';
import { LlmConfigTemplateRepository } from './llm-config-template.repository.js';
import { checkedValues, valuesOf } from './template-values.js';

const MOST = 200;

/** Values to start new configurations with: some come with the product, the rest is kept by people for everybody. */
@Injectable()
export class LlmConfigTemplateService {
  constructor(
    private readonly templates: LlmConfigTemplateRepository,
    private readonly llmConfigs: LlmConfigRepository,
    private readonly ownAddress: OwnAddress,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly actor: CurrentActor,
    private readonly access: LlmConfigAccess,
  ) {}

  async list(): Promise<LlmConfigTemplateListDto> {
    const items = [...BUILT_IN_TEMPLATES, ...(await this.templates.list()).map(toTemplateDto)];
    return { items, total: items.length };
  }

  /** @throws InvalidInput, LlmConfigNotFound, TemplateNameTaken, TooManyTemplates */
  async create(input: CreateLlmConfigTemplateDto): Promise<LlmConfigTemplateDto> {
    const name = input.name.trim();
    if (name === '' || /\p{Cc}/u.test(name)) throw refusal('name', 'must be a line of text');
    const values = await this.valuesFor(input);
    const description = input.description?.trim() || null;
    const { userId: createdBy } = this.actor.user();
    const template = { id: randomUUID(), name, description, values, createdBy };
    await this.database.transaction(async () => {
      if ((await this.templates.count()) >= MOST) throw new TooManyTemplates(MOST);
      await this.templates.add(template);
      await this.record('create', template);
    });
    return toTemplateDto(template);
  }

  /** @throws TemplateNotFound, NotYourTemplate */
  async delete(id: string): Promise<void> {
    const template = await this.templates.find(id);
    if (!template) throw new TemplateNotFound(id);
    const { userId, role } = this.actor.user();
    if (role !== 'admin' && template.createdBy !== userId) throw new NotYourTemplate(template.name);
    await this.database.transaction(async () => {
      await this.templates.delete(id);
      await this.record('delete', template);
    });
  }

  private async valuesFor(input: CreateLlmConfigTemplateDto): Promise<Record<string, unknown>> {
    const { llm_config_id: id, values } = input;
    if ((id ?? null) === null ? !values : values)
      throw refusal('values', 'or else llm_config_id is required, not both');
    const checked = checkedValues(values ?? (await this.valuesOfConfig(id as string)));
    this.ownAddress.refuse((checked['base_url'] as string | undefined) ?? null);
    return checked;
  }

  private async valuesOfConfig(id: string): Promise<Record<string, unknown>> {
    return valuesOf(this.access.requireSeen(await this.llmConfigs.findById(id), id));
  }

  private record(verb: 'create' | 'delete', { id, name, values }: Omit<LlmConfigTemplate, 'createdAt'>): Promise<void> {
    return this.audit.record({
      action: `llm_config_template.${verb}`,
      targetType: 'llm_config_template',
      targetId: id,
      targetName: name,
      [verb === 'create' ? 'after' : 'before']: values,
    });
  }
}

function toTemplateDto({ id, name, description, values }: Omit<LlmConfigTemplate, 'createdAt'>): LlmConfigTemplateDto {
  return { id, name, description, is_built_in: false, values };
}

function refusal(field: string, rest: string): InvalidInput {
  return new InvalidInput([{ field, message: `${field} ${rest}` }]);
}
