import { Body, Controller, Delete, Get, Headers, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { AppDto, AppListDto, AppQueryDto, CreateAppDto, UpdateAppDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { readIfMatch } from '../../platform/http/if-match.js';
import { AppService } from './app.service.js';

/** The apps that Dify clients talk to. */
@Controller('api/apps')
export class AppController {
  constructor(private readonly apps: AppService) {}

  @Get()
  @Describe('List the apps', { answers: { 200: AppListDto } })
  list(@Query() part: AppQueryDto): Promise<AppListDto> {
    return this.apps.list(part);
  }

  @Get(':id')
  @Describe('Get an app', { answers: { 200: AppDto }, problems: [404] })
  get(@IdParam() id: string): Promise<AppDto> {
    return this.apps.get(id);
  }

  @Post()
  @Describe('Create an app', { answers: { 201: AppDto } })
  create(@Body() input: CreateAppDto): Promise<AppDto> {
    return this.apps.create(input);
  }

  @Patch(':id')
  @Describe('Change an app', {
    answers: { 200: AppDto },
    problems: [404, 409],
    details:
      'Absent fields stay. With `If-Match: "<updated_at>"` a change of something that was changed meanwhile is refused with 409 and the `current` value.',
  })
  update(@IdParam() id: string, @Body() input: UpdateAppDto, @Headers('if-match') seen?: string): Promise<AppDto> {
    return this.apps.update(id, input, readIfMatch(seen));
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe('Delete an app', {
    answers: { 204: null },
    problems: [404, 409],
    details: 'Its keys stop working at once; it can be restored.',
  })
  delete(@IdParam() id: string): Promise<void> {
    return this.apps.delete(id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Describe('Restore a deleted app', { answers: { 200: AppDto }, problems: [404] })
  restore(@IdParam() id: string): Promise<AppDto> {
    return this.apps.restore(id);
  }
}
