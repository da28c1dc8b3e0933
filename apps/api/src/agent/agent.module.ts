import { Module, type OnModuleInit } from '@nestjs/common';
import { LlmConfigModule } from '../llm-config/llm-config.module.js';
import { Clock } from '../platform/clock/clock.js';
import { Environment } from '../platform/config/environment.js';
import { ToolSources } from './sources/tool-sources.js';
import { RunbooksModule } from './runbooks/runbooks.module.js';
import { RunbookReader } from './runbooks/runbook-reader.js';
import { SourcesModule } from './sources/sources.module.js';
import { McpModule } from './mcp/mcp.module.js';
import { McpTools } from './mcp/mcp-tools.js';
import { Aside } from './aside.js';
import { AgentRunner } from './agent-runner.js';
import { GraphAgentRunner } from './graph-agent-runner.js';
import { Outbound } from '../platform/outbound/outbound.js';
import { ApprovalController, ApprovalPolicyController } from './approvals/approval.controller.js';
import { ApprovalDesk } from './approvals/approval-desk.js';
import { ApprovalPolicy } from './approvals/approval-policy.js';
import { ApprovalRepository } from './approvals/approval.repository.js';
import { ApprovalService } from './approvals/approval.service.js';
import { ApprovalWatch } from './approvals/approval-watch.js';
import { ArtifactStore } from './artifacts/artifact-store.js';
import { PostgresArtifactStore } from './artifacts/postgres-artifact-store.adapter.js';
import { CommandTargets } from './tools/command/command-targets.js';
import { runCommand } from './tools/command/run-command.js';
import { ASK_USER } from './tools/ask-user.js';
import { artifactRead } from './tools/artifact-read.js';
import { hostInspect } from './tools/host-inspect.js';
import { dbDiagnose } from './tools/db/db-diagnose.js';
import { dbQuery } from './tools/db/db-query.js';
import { alertsList } from './tools/metrics/alerts-list.js';
import { metricsDiscover } from './tools/metrics/metrics-discover.js';
import { logsSearch } from './tools/logs/logs-search.js';
import { metricsQuery } from './tools/metrics/metrics-query.js';
import { k8sRead } from './tools/k8s/k8s-read.js';
import { runbookSearch } from './tools/knowledge/runbook-search.js';
import { netProbe } from './tools/net-probe.js';
import { ToolController } from './tools/tool.controller.js';
import { remediate } from './tools/remediate.js';
import { ToolCatalogue, ToolRegistry } from './tools/tool-registry.js';
import { WRITE_TODOS } from './tools/write-todos.js';

/** Prompts, tools and the loop between them and the model. */
@Module({
  imports: [LlmConfigModule, SourcesModule, RunbooksModule, McpModule],
  controllers: [ToolController, ApprovalController, ApprovalPolicyController],
  providers: [
    Aside,
    ApprovalDesk,
    ApprovalPolicy,
    ApprovalRepository,
    ApprovalService,
    ApprovalWatch,
    PostgresArtifactStore,
    { provide: ArtifactStore, useExisting: PostgresArtifactStore },
    ToolRegistry,
    { provide: ToolCatalogue, useExisting: ToolRegistry },
    { provide: AgentRunner, useClass: GraphAgentRunner },
  ],
  exports: [AgentRunner, ApprovalDesk, ApprovalService, Aside, PostgresArtifactStore, ToolRegistry, ToolCatalogue],
})
export class AgentModule implements OnModuleInit {
  constructor(
    private readonly registry: ToolRegistry,
    private readonly outbound: Outbound,
    private readonly artifacts: ArtifactStore,
    private readonly sources: ToolSources,
    private readonly clock: Clock,
    private readonly runbooks: RunbookReader,
    private readonly environment: Environment,
    private readonly mcpTools: McpTools,
  ) {}

  onModuleInit(): void {
    this.registry.extendBy(this.mcpTools);
    const targets = new CommandTargets(this.sources, this.outbound, this.environment);
    const databases = { sources: this.sources, outbound: this.outbound };
    this.registry.register(hostInspect(targets));
    this.registry.register(WRITE_TODOS);
    this.registry.register(ASK_USER);
    this.registry.register(artifactRead(this.artifacts));
    this.registry.register(netProbe(this.outbound));
    this.registry.register(metricsQuery(this.sources, this.outbound, this.clock));
    this.registry.register(metricsDiscover(this.sources, this.outbound));
    this.registry.register(alertsList(this.sources, this.outbound));
    this.registry.register(logsSearch(this.sources, this.outbound, this.clock));
    this.registry.register(runbookSearch(this.runbooks));
    this.registry.register(runCommand(targets));
    this.registry.register(remediate(targets, databases));
    this.registry.register(dbDiagnose(databases));
    this.registry.register(dbQuery(databases));
    this.registry.register(k8sRead(this.sources, this.outbound, this.clock));
  }
}
