import { Module } from '@nestjs/common';
import { KnownMcpServers } from './known-mcp-servers.adapter.js';
import { McpServerController } from './mcp-server.controller.js';
import { McpServerRepository } from './mcp-server.repository.js';
import { McpServerSecrets } from './mcp-server-secrets.js';
import { McpServerService } from './mcp-server.service.js';
import { McpToolWords } from './mcp-tool-words.service.js';

/** The MCP servers whose tools extend those of the agent. */
@Module({
  controllers: [McpServerController],
  providers: [KnownMcpServers, McpServerRepository, McpServerSecrets, McpServerService, McpToolWords],
})
export class McpModule {}
