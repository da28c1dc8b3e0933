import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LimitSubjects } from '../platform/limits/limit-subjects.js';
import { LlmConfigRepository } from './llm-config.repository.js';

/** Tells whoever limits configurations what they are called. */
@Injectable()
export class LlmConfigsOfLimits implements OnModuleInit {
  constructor(
    private readonly subjects: LimitSubjects,
    private readonly configs: LlmConfigRepository,
  ) {}

  onModuleInit(): void {
    this.subjects.register('llm_config', (ids) => this.configs.namesOf(ids, null));
  }
}
