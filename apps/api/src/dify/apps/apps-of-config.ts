import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LlmConfigUses } from '../../llm-config/llm-config-uses.js';
import { AppRepository } from './app.repository.js';

/** Tells who changes a configuration which apps answer with it. */
@Injectable()
export class AppsOfConfig implements OnModuleInit {
  constructor(
    private readonly uses: LlmConfigUses,
    private readonly apps: AppRepository,
  ) {}

  onModuleInit(): void {
    this.uses.register('apps', (configIds) => this.apps.usesOfLlmConfigs(configIds));
  }
}
