import { Module } from '@nestjs/common';
import { KnownMcpServers } from './known-mcp-servers.adapter.js';
import { McpCalls } from './mcp-calls.js';
import { McpConnections } from './mcp-connections.js';
import { McpDiscovery } from './mcp-discovery.js';
import { McpServerController } from './mcp-server.controller.js';
import { McpServerRepository } from './mcp-server.repository.js';
import { McpServerSecrets } from './mcp-server-secrets.js';
import { McpServerService } from './mcp-server.service.js';
import { McpServerTests } from './mcp-server-tests.js';
import { McpTools } from './mcp-tools.js';
import { McpToolWords } from './mcp-tool-words.service.js';

/** The MCP servers whose tools extend those of the agent. */
@Module({
  controllers: [McpServerController],
  providers: [
    KnownMcpServers,
    McpCalls,
    McpConnections,
    McpDiscovery,
    McpServerRepository,
    McpServerSecrets,
    McpServerService,
    McpServerTests,
    McpTools,
    McpToolWords,
  ],
  exports: [McpTools],
})
export class McpModule {}
