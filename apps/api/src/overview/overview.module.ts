import { Module } from '@nestjs/common';
import { AgentModule } from '../agent/agent.module.js';
import { DifyModule } from '../dify/dify.module.js';
import { LlmConfigModule } from '../llm-config/llm-config.module.js';
import { SessionModule } from '../session/session.module.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';

/** One look at everything: it reads from the other features, and none of them knows it. */
@Module({
  imports: [AgentModule, LlmConfigModule, SessionModule, DifyModule],
  controllers: [OverviewController],
  providers: [OverviewService],
})
export class OverviewModule {}
