import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { AppKeyListDto, AppQueryDto, CreateAppKeyDto, CreatedAppKeyDto, RotateAppKeyDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { AppKeyService } from './app-key.service.js';

const ONLY_ONCE = 'The answer is the only one that ever carries the key itself.';

/** The keys to the apps that Dify clients talk to. */
@Controller('api/apps/:id/keys')
export class AppKeyController {
  constructor(private readonly keys: AppKeyService) {}

  @Get()
  @Describe('List the keys of an app', {
    answers: { 200: AppKeyListDto },
    problems: [404],
    operationId: 'app_keys_list',
  })
  list(@IdParam() id: string, @Query() part: AppQueryDto): Promise<AppKeyListDto> {
    return this.keys.list(id, part);
  }

  @Post()
  @Describe('Make a key of an app', {
    answers: { 201: CreatedAppKeyDto },
    problems: [404],
    details: ONLY_ONCE,
    operationId: 'app_keys_create',
  })
  create(@IdParam() id: string, @Body() input: CreateAppKeyDto): Promise<CreatedAppKeyDto> {
    return this.keys.create(id, input);
  }

  @Post(':key_id/rotate')
  @Describe('Put a new key in the place of another', {
    answers: { 201: CreatedAppKeyDto },
    problems: [404],
    details: `The old key is accepted for \`overlap_hours\` more. ${ONLY_ONCE}`,
    operationId: 'app_keys_rotate',
  })
  rotate(
    @IdParam() id: string,
    @IdParam('key_id') keyId: string,
    @Body() input: RotateAppKeyDto,
  ): Promise<CreatedAppKeyDto> {
    return this.keys.rotate(id, keyId, input);
  }

  @Delete(':key_id')
  @HttpCode(204)
  @Describe('Revoke a key of an app', {
    answers: { 204: null },
    problems: [404],
    details: 'It takes effect at once.',
    operationId: 'app_keys_revoke',
  })
  revoke(@IdParam() id: string, @IdParam('key_id') keyId: string): Promise<void> {
    return this.keys.revoke(id, keyId);
  }
}
