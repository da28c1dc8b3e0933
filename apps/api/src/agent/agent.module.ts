import { Module, type OnModuleInit } from '@nestjs/common';
import { LlmConfigModule } from '../llm-config/llm-config.module.js';
import { SourcesModule } from './sources/sources.module.js';
import { Aside } from './aside.js';
import { AgentRunner } from './agent-runner.js';
import { GraphAgentRunner } from './graph-agent-runner.js';
import { Outbound } from '../platform/outbound/outbound.js';
import { HOST_INSPECT } from './tools/host-inspect.js';
import { netProbe } from './tools/net-probe.js';
import { ToolController } from './tools/tool.controller.js';
import { ToolCatalogue, ToolRegistry } from './tools/tool-registry.js';
import { WRITE_TODOS } from './tools/write-todos.js';

/** Prompts, tools and the loop between them and the model. */
@Module({
  imports: [LlmConfigModule, SourcesModule],
  controllers: [ToolController],
  providers: [
    Aside,
    ToolRegistry,
    { provide: ToolCatalogue, useExisting: ToolRegistry },
    { provide: AgentRunner, useClass: GraphAgentRunner },
  ],
  exports: [AgentRunner, Aside, ToolRegistry, ToolCatalogue],
})
export class AgentModule implements OnModuleInit {
  constructor(
    private readonly registry: ToolRegistry,
    private readonly outbound: Outbound,
  ) {}

  onModuleInit(): void {
    this.registry.register(HOST_INSPECT);
    this.registry.register(WRITE_TODOS);
    this.registry.register(netProbe(this.outbound));
  }
}
