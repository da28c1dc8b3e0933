import { Body, Controller, Delete, Get, Headers, HttpCode, Patch, Post, Query } from '@nestjs/common';
import {
  CreateRunbookDto,
  ImportRunbooksDto,
  RunbookDto,
  RunbookExportDto,
  RunbookExportQueryDto,
  RunbookImportDto,
  RunbookListDto,
  RunbookQueryDto,
  RunbookSearchDto,
  RunbookSearchQueryDto,
  UpdateRunbookDto,
} from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { readIfMatch } from '../../platform/http/if-match.js';
import { RunbookFilesService } from './files/runbook-files.service.js';
import { RunbookService } from './runbook.service.js';
import { RunbookSearch } from './search/runbook-search.js';

/** What people know about problems and what to do, as the agent finds it. */
@Controller('api/runbooks')
export class RunbookController {
  constructor(
    private readonly runbooks: RunbookService,
    private readonly finder: RunbookSearch,
    private readonly files: RunbookFilesService,
  ) {}

  @Get()
  @Describe('List runbooks', { answers: { 200: RunbookListDto } })
  list(@Query() query: RunbookQueryDto): Promise<RunbookListDto> {
    return this.runbooks.list(query);
  }

  @Get('search')
  @Describe('Search the runbooks', {
    answers: { 200: RunbookSearchDto },
    details:
      'Finds sections, at most three of a runbook. Words are found by their beginnings, Chinese by pairs of characters; a title counts more than a heading, and that more than the text.',
  })
  search(@Query() query: RunbookSearchQueryDto): Promise<RunbookSearchDto> {
    return this.finder.search(query);
  }

  @Get('export')
  @Describe('Export runbooks', {
    answers: { 200: RunbookExportDto },
    details: 'As Markdown files with front matter, by title.',
  })
  export(@Query() query: RunbookExportQueryDto): Promise<RunbookExportDto> {
    return this.files.export(query);
  }

  @Post('import')
  @HttpCode(200)
  @Describe('Import runbooks', {
    answers: { 200: RunbookImportDto },
    problems: [413],
    details:
      'From Markdown files, whose front matter may have `title` and `tags`. A file of a name that was imported before changes that runbook. Files that are no runbooks are told in the answer; the others are stored.',
  })
  import(@Body() input: ImportRunbooksDto): Promise<RunbookImportDto> {
    return this.files.import(input);
  }

  @Get(':id')
  @Describe('Get a runbook', { answers: { 200: RunbookDto }, problems: [404] })
  get(@IdParam() id: string): Promise<RunbookDto> {
    return this.runbooks.get(id);
  }

  @Post()
  @Describe('Write a runbook', { answers: { 201: RunbookDto } })
  create(@Body() input: CreateRunbookDto): Promise<RunbookDto> {
    return this.runbooks.create(input);
  }

  @Patch(':id')
  @Describe('Change a runbook', {
    answers: { 200: RunbookDto },
    problems: [404, 409],
    details:
      'Absent fields stay. With `If-Match: "<updated_at>"` a change of something that was changed meanwhile is refused with 409 and the `current` value.',
  })
  update(
    @IdParam() id: string,
    @Body() input: UpdateRunbookDto,
    @Headers('if-match') seen?: string,
  ): Promise<RunbookDto> {
    return this.runbooks.update(id, input, readIfMatch(seen));
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe('Delete a runbook', {
    answers: { 204: null },
    problems: [404],
    details: 'The agent finds it no longer; it can be restored.',
  })
  delete(@IdParam() id: string): Promise<void> {
    return this.runbooks.delete(id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Describe('Restore a deleted runbook', { answers: { 200: RunbookDto }, problems: [404, 409] })
  restore(@IdParam() id: string): Promise<RunbookDto> {
    return this.runbooks.restore(id);
  }
}
