import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LlmConfigUses } from '../llm-config/llm-config-uses.js';
import { SessionRepository } from './session.repository.js';

/** Says which sessions are bound to a configuration, before it is deleted. */
@Injectable()
export class SessionsOfConfig implements OnModuleInit {
  constructor(
    private readonly uses: LlmConfigUses,
    private readonly sessions: SessionRepository,
  ) {}

  onModuleInit(): void {
    this.uses.register('sessions', async (configId) => ({
      count: await this.sessions.countOfConfig(configId),
      examples: [],
    }));
  }
}
