import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LlmConfigActivity } from '../llm-config/llm-config-activity.js';
import { LlmConfigUses } from '../llm-config/llm-config-uses.js';
import { AnswerFigures } from './answer-figures.repository.js';
import { SessionRepository } from './session.repository.js';

/** Says which sessions are bound to a configuration, and what it answered in the last 24 hours. */
@Injectable()
export class SessionsOfConfig implements OnModuleInit {
  constructor(
    private readonly uses: LlmConfigUses,
    private readonly activity: LlmConfigActivity,
    private readonly sessions: SessionRepository,
    private readonly figures: AnswerFigures,
  ) {}

  onModuleInit(): void {
    this.uses.register('sessions', (configIds) => this.sessions.usesOfLlmConfigs(configIds));
    this.activity.register((configIds) => this.figures.activityOf(configIds));
  }
}
