import { Body, Controller, Delete, Get, Headers, HttpCode, Patch, Post } from '@nestjs/common';
import {
  CreateToolSourceDto,
  ToolSourceDto,
  ToolSourceKindListDto,
  ToolSourceListDto,
  ToolSourceTestDto,
  UpdateToolSourceDto,
} from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { readIfMatch } from '../../platform/http/if-match.js';
import { ToolSourceService } from './tool-source.service.js';

/** The systems that the agent's tools may reach. */
@Controller('api/tool-sources')
export class ToolSourceController {
  constructor(private readonly sources: ToolSourceService) {}

  @Get()
  @Describe('List the sources of tools', { answers: { 200: ToolSourceListDto } })
  list(): Promise<ToolSourceListDto> {
    return this.sources.list();
  }

  @Get('kinds')
  @Describe('List the kinds of sources', {
    answers: { 200: ToolSourceKindListDto },
    details: 'Which settings and secrets a source of each kind has.',
  })
  kinds(): ToolSourceKindListDto {
    return this.sources.kindFacts();
  }

  @Get(':id')
  @Describe('Get a source', { answers: { 200: ToolSourceDto }, problems: [404] })
  get(@IdParam() id: string): Promise<ToolSourceDto> {
    return this.sources.get(id);
  }

  @Post()
  @Describe('Register a source', { answers: { 201: ToolSourceDto }, problems: [409] })
  create(@Body() input: CreateToolSourceDto): Promise<ToolSourceDto> {
    return this.sources.create(input);
  }

  @Patch(':id')
  @Describe('Change a source', {
    answers: { 200: ToolSourceDto },
    problems: [404, 409],
    details:
      'Absent fields stay; kept secrets must be sent again when the source moves to another address. With `If-Match: "<updated_at>"` a change of something that was changed meanwhile is refused with 409 and the `current` value.',
  })
  update(
    @IdParam() id: string,
    @Body() input: UpdateToolSourceDto,
    @Headers('if-match') seen?: string,
  ): Promise<ToolSourceDto> {
    return this.sources.update(id, input, readIfMatch(seen));
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe('Delete a source', {
    answers: { 204: null },
    problems: [404],
    details: 'Tools lose it at once; it can be restored.',
  })
  delete(@IdParam() id: string): Promise<void> {
    return this.sources.delete(id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Describe('Restore a deleted source', { answers: { 200: ToolSourceDto }, problems: [404, 409] })
  restore(@IdParam() id: string): Promise<ToolSourceDto> {
    return this.sources.restore(id);
  }

  @Post(':id/test')
  @HttpCode(200)
  @Describe('Test a source', {
    answers: { 200: ToolSourceTestDto },
    problems: [404, 409],
    details: 'Asks it with its kept secrets what it is. A failed test is an answer, too.',
  })
  test(@IdParam() id: string): Promise<ToolSourceTestDto> {
    return this.sources.test(id);
  }
}
