import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { AppDto, AppKeyListDto, AppListDto, AppQueryDto, CreateAppKeyDto, CreatedAppKeyDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { AppService } from './app.service.js';

/** The apps that Dify clients talk to, and the keys to them. */
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

  @Get(':id/keys')
  @Describe('List the keys of an app', {
    answers: { 200: AppKeyListDto },
    problems: [404],
    operationId: 'app_keys_list',
  })
  keys(@IdParam() id: string, @Query() part: AppQueryDto): Promise<AppKeyListDto> {
    return this.apps.keys(id, part);
  }

  @Post(':id/keys')
  @Describe('Make a key of an app', {
    answers: { 201: CreatedAppKeyDto },
    problems: [404],
    details: 'The answer is the only one that ever carries the key itself.',
    operationId: 'app_keys_create',
  })
  createKey(@IdParam() id: string, @Body() input: CreateAppKeyDto): Promise<CreatedAppKeyDto> {
    return this.apps.createKey(id, input);
  }

  @Delete(':id/keys/:key_id')
  @HttpCode(204)
  @Describe('Revoke a key of an app', {
    answers: { 204: null },
    problems: [404],
    details: 'It takes effect at once.',
    operationId: 'app_keys_revoke',
  })
  revokeKey(@IdParam() id: string, @IdParam('key_id') keyId: string): Promise<void> {
    return this.apps.revokeKey(id, keyId);
  }
}
