import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { brokenConstraint } from '../../platform/database/broken-constraint.js';
import { Database } from '../../platform/database/database.js';
import { LlmConfigTemplate } from './llm-config-template.entity.js';
import { TemplateNameTaken } from './llm-config-template.errors.js';

/** The templates that people keep. */
@Injectable()
export class LlmConfigTemplateRepository {
  constructor(private readonly database: Database) {}

  /** By name. */
  list(): Promise<LlmConfigTemplate[]> {
    return this.rows.find({ order: { name: 'ASC' } });
  }

  count(): Promise<number> {
    return this.rows.count();
  }

  find(id: string): Promise<LlmConfigTemplate | null> {
    return this.rows.findOneBy({ id });
  }

  /** @throws TemplateNameTaken */
  async add(template: Omit<LlmConfigTemplate, 'createdAt'>): Promise<void> {
    try {
      await this.rows.insert(template as never);
    } catch (error) {
      if (brokenConstraint(error) === 'uq_llm_config_templates_name') throw new TemplateNameTaken(template.name);
      throw error;
    }
  }

  async delete(id: string): Promise<void> {
    await this.rows.delete({ id });
  }

  private get rows(): Repository<LlmConfigTemplate> {
    return this.database.repositoryOf(LlmConfigTemplate);
  }
}
