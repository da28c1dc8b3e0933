import { Body, Controller, Delete, Get, Headers, HttpCode, Patch, Post } from '@nestjs/common';
import {
  CreateMcpServerDto,
  McpServerDto,
  McpServerListDto,
  UpdateMcpServerDto,
  UpdateMcpToolsDto,
} from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { readIfMatch } from '../../platform/http/if-match.js';
import { McpServerService } from './mcp-server.service.js';
import { McpServerTests } from './mcp-server-tests.js';
import { McpToolWords } from './mcp-tool-words.service.js';

const IF_MATCH =
  'With `If-Match: "<updated_at>"` a change of something that was changed meanwhile is refused with 409 and the `current` value.';

/** The MCP servers whose tools extend those of the agent. */
@Controller('api/mcp-servers')
export class McpServerController {
  constructor(
    private readonly servers: McpServerService,
    private readonly tests: McpServerTests,
    private readonly words: McpToolWords,
  ) {}

  @Get()
  @Describe('List the MCP servers', { answers: { 200: McpServerListDto } })
  list(): Promise<McpServerListDto> {
    return this.servers.list();
  }

  @Get(':id')
  @Describe('Get an MCP server', { answers: { 200: McpServerDto }, problems: [404] })
  get(@IdParam() id: string): Promise<McpServerDto> {
    return this.servers.get(id);
  }

  @Post()
  @Describe('Register an MCP server', {
    answers: { 201: McpServerDto },
    problems: [409],
    details:
      'Its tools are found by a test, and each is off until it is allowed. `stdio` is refused unless `OPSAGENT_MCP_STDIO=on` stands in the environment of this server.',
  })
  create(@Body() input: CreateMcpServerDto): Promise<McpServerDto> {
    return this.servers.create(input);
  }

  @Patch(':id')
  @Describe('Change an MCP server', {
    answers: { 200: McpServerDto },
    problems: [404, 409],
    details: `Absent fields stay. When the server moves to another place, kept secrets must be sent again and its tools are off until they are allowed anew. ${IF_MATCH}`,
  })
  update(
    @IdParam() id: string,
    @Body() input: UpdateMcpServerDto,
    @Headers('if-match') seen?: string,
  ): Promise<McpServerDto> {
    return this.servers.update(id, input, readIfMatch(seen));
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe('Delete an MCP server', {
    answers: { 204: null },
    problems: [404],
    details: 'The model loses its tools at once; it can be restored.',
  })
  delete(@IdParam() id: string): Promise<void> {
    return this.servers.delete(id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Describe('Restore a deleted MCP server', { answers: { 200: McpServerDto }, problems: [404, 409] })
  restore(@IdParam() id: string): Promise<McpServerDto> {
    return this.servers.restore(id);
  }

  @Post(':id/test')
  @HttpCode(200)
  @Describe('Test an MCP server', {
    answers: { 200: McpServerDto },
    problems: [404, 409],
    details:
      'Opens a session, asks for the tools and keeps what the server tells of them. What came of it stands in `last_test`; a failed test is an answer, too. New tools are off, and one that is no longer what was allowed is off until it is allowed again.',
  })
  test(@IdParam() id: string): Promise<McpServerDto> {
    return this.tests.run(id);
  }

  @Patch(':id/tools')
  @Describe('Allow tools of an MCP server', {
    answers: { 200: McpServerDto },
    problems: [404, 409],
    details: `Says of each named tool whether the model may have it, and how much it can do. A tool that is no longer what its \`hash\` stands for is refused with 409 and the \`current\` value. ${IF_MATCH}`,
  })
  allow(
    @IdParam() id: string,
    @Body() input: UpdateMcpToolsDto,
    @Headers('if-match') seen?: string,
  ): Promise<McpServerDto> {
    return this.words.set(id, input, readIfMatch(seen));
  }
}
